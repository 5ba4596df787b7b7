/**
 * Words and phrases that guessing programs try first. A password is common when, in small letters, with look-alike digits
 * read as letters and without the digits and signs around it, nothing is left but these.
 */
export const commonWords: ReadonlySet<string> = new Set(
  `
  password passwort passwords passphrase passcode pass word secret secrets topsecret letmein letmeinnow openup opensesame
  welcome welcomeback hello helloworld goodbye login logon signin signup access accessdenied changeme changeit changemenow
  change default temp temporary temppass temppassword test testing tester testtest testuser guest user username nopassword
  mypassword yourpassword newpassword oldpassword thepassword password one two three my your our the new
  admin administrator root system superuser supervisor manager master webmaster operator server computer internet network
  windows microsoft google gmail facebook instagram youtube twitter linkedin amazon apple iphone android samsung nokia
  motorola netflix spotify minecraft fortnite roblox pokemon pikachu nintendo playstation xbox starwars startrek
  qwerty qwertyuiop qwertz azerty asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc wsx edc rfv qweasd qweasdzxc
  qwe asd zxc abc abcd abcde abcdef abcdefg abcdefgh aaa xxx zzz
  iloveyou iloveu iloveme ilovegod ilovejesus ilovemom ilovemymom ilovemydad ilovemyself iloveschool loveyou lovelove
  loveme love lover forever foreverlove always together sweetheart sweetie honey baby babygirl babyboy darling angel
  princess prince queen king princesa beautiful gorgeous handsome cutie kisses hugs friend friends bestfriend
  bestfriends friendship family mother father mommy daddy sister brother grandma grandpa children
  sunshine rainbow butterfly flower flowers dolphin tiger lion dragon monkey donkey chicken kitten kitty puppy doggy dogs
  cats horse horses eagle falcon panther phoenix unicorn shadow silver golden purple orange yellow green blue black white
  red diamond crystal summer winter spring autumn fall january february march april may june july august september
  october november december monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday morning
  night midnight christmas halloween easter birthday happybirthday holiday vacation weekend
  football baseball basketball softball soccer hockey volleyball tennis golf wrestling cheer cheerleader lacrosse swimming
  cowboys steelers patriots packers yankees redsox dodgers lakers celtics bulls chicago boston newyork london paris
  liverpool chelsea arsenal barcelona realmadrid juventus manchester united america american usa texas california florida
  freedom liberty patriot soldier marine marines army navy airforce police
  jesus jesuschrist christ jesuslovesme godisgood godislove godbless blessed blessing faith heaven trustgod trustno trust
  amen hallelujah believe hope peace
  superman batman spiderman ironman wonderwoman avengers harrypotter hogwarts gandalf matrix mustang ferrari porsche
  corvette camaro harley honda toyota chevy chevrolet yamaha mercedes bmw
  michael jordan michelle jennifer jessica ashley amanda daniel anthony joshua matthew andrew robert thomas charlie
  george william david steven richard nicole elizabeth samantha victoria alexander alexandra christopher jonathan
  benjamin nicholas stephanie maria carlos
  school myschool highschool middleschool elementary student students teacher teachers teaching principal counselor
  counsellor nurse nurses schoolnurse classroom class education learning learn homework library district university
  college academy kindergarten kinder graduate graduation health healthcare schoolhealth hospital clinic doctor patient
  patients medical medicine wellness coiin collaborative improvement improve coalition community throughline driver
  drivers diagram
  chocolate cookie cookies banana strawberry cherry peanut coffee pepsi cocacola pizza cheese butter sugar candy
  whatever whatsup nothing something anything everything everyone nobody someone somebody idontknow dontknow forgot
  iforgot forgetit remember rememberme nevermind random awesome amazing fantastic wonderful perfect happy happiness smile
  smiley lucky winner success money dollar million rockstar rocknroll music guitar dance dancing singing
  computer computers keyboard laptop printer office business company work worker working service services support
  helpdesk security secure safety private personal account bank banking
  fuck fuckyou fuckoff bitch asshole shit bullshit sexy
  blink metallica nirvana eminem beyonce beatles trustme killer hunter hunting fishing ranger warrior wizard ninja
  legend genius hacker hacked gamer gaming player
  a i is it in of and or to for me you we us
`
    .trim()
    .split(/\s+/),
)

/** Much-used passwords of ten and more characters that are no words. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
  1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc zaq12wsxcde3 zaq1xsw2cde3
  qazwsx1234 q1w2e3r4t5 q1w2e3r4t5y6 a1b2c3d4e5 a1s2d3f4g5 1a2b3c4d5e 1a2s3d4f5g z1x2c3v4b5 0p9o8i7u6y qwe123asd456
  123qweasdzxc 123qweasd! qweasd123456 asd123qwe456 abc123abc123 abc123456789 123abc456def a123456789 1234567890a
  123456789a 123456789q 123456789z 123456789abc 0123456789a 147258369 1472583690 159357258456 789456123 7894561230
  0987654321a 1122334455 112233445566 1020304050 102030405060 1357924680 2468013579 1212121212 1231231231 3.14159265
  3.141592653 3141592653 31415926535 2718281828 1123581321 8675309867 5555555555 trustno1trustno1 correcthorsebatterystaple
  tobeornottobe thequickbrownfox maytheforcebewithyou mynameis12345 passw0rd1234 p@ssw0rd1234
  !qaz2wsx#edc !qaz@wsx#edc !q@w#e$r%t !@#$%^&*() qwerty!@#$% qwer1234asdf asdf1234qwer zxcv1234asdf 1234qwerasdf
  1234qwerasdfzxcv q2w3e4r5t6 2wsx3edc4rfv xsw2zaq1cde3
`
    .trim()
    .split(/\s+/),
)

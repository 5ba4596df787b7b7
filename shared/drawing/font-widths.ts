/** Made by scripts/measure-fonts.mjs from the fonts that the product serves; not to be edited by hand. */

/** The characters measured. */
export const characters =
  ' !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿıŒœŠšŽžŸ–—‘’‚“”„†‡•…‰‹›€™−→←↑↓≤≥≈'

/** For each cut the width of each of these characters, in thousandths of the font's size: two digits to base 36 each. */
export const widths = {
  sans: '6r6zbugribp4jp6w8f8layff6qai699rh0bbgkhihhhthbgpi0hd6a6of6fff6ehn3jqinj5jah9gikdla7vatiyg2omkykehpksitimgijhipqij4gvhp8f9r8fd5ee63fdglf4glfrb0hbg16w7bfm8fo1g1fqgkgkave2atg5e1lofpevdd947b98fs6r70f3h1f0h07bdn88mpbdcnff00ez94cvffa7b663gafj6e6f6obadbm0o3pjeejqjqjqjqjqjqr3j5h9h9h9h97v7v7v7vjnkykekekekekef0kvjhjhjhjhgvi3gefdfdfdfdfdfdpef4frfrfrfr6q6q6q8efqg1fqfqfqfqfqffgag5g5g5g5evgeev6qv2qcfgatgzccgvffv16o6g6qbnbfbtdwdw8tlcrs7q7qgopdffrsrsdwdwf9f9f9',
  sansBold:
    '6i7gcngyinpnku738w90c5fx79aq6ya8hibnh6i1hwibhvh3idhv6y79fnfxfnepn1jziujljohhgtkrlc89b0jhg2p3lekthxl6j3iygujuj6qqjkhsi78ya88ydbex6rfkgrf6grfwb1heg9767pfw8toigafvgqgqb7eeb8gde9ltg1fbdl9z7ea0gg6i7hfdhkflhq7edz9jmxbcdbfx00f7a4d1fxalbj6rgkg56u726xb9dsmlomq5esjzjzjzjzjzjzs2jlhhhhhhhh89898989kalektktktktktfkl9jujujujuhsijgyfkfkfkfkfkfkpef6fwfwfwfw7373739nfvgafvfvfvfvfvfxgogdgdgdgdfbgmfb73v7q5fgatijcchsg0vi706w79ckcfcxdwdw9dn9rs8787hgpzfxrsrsdwdwf9f9f9',
  serif:
    '627d9xfwfwlxjp5f7o7obudz6l9k6cawfwfwfwfwfwfwfwfwfwfw6y7cdzdzdzbyohjphyjcl2hmg9knm59ec1k9gpr4kyldgyldi0f9ihl2j1qujsiyhi8paw8qdzbedwchevbwf4ci9gdjfa7p6wev7fmnfleafbeuaya99hepe7kedsebbs8j6l8jdz626sfwfwcafw6lendwmjcbdldz00f1dwajdz9m92dwfigp6rdw7bcie4ktlukpbujpjpjpjpjpjprajchmhmhmhm9e9e9e9el3kyldldldldlddzlrl2l2l2l2iyhdh4chchchchchchj3bwcicicici7p7p7p7pelfleaeaeaeaeadzesepepepepebeteb7pt0m6fgatgzcciye4ip6g6i6lbkblbpdwdwbci2rs858ofwm0dzrsrsdwdwf9f9f9',
} as const

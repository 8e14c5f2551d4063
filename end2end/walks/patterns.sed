# Makes a freshly written snapshot true on every day: what the demo company gets anew with each start becomes a pattern.
s#/url: /(recordings|media)/[0-9]+(/download)?(\?[a-z0-9=&-]+)?$#/url: /\\/\1\\/\\d+.*/#
s#^( *- slider "[^"]*"): .*#\1#
s#(mån|tis|ons|tors|fre|lör|sön)dag \\d\+ [a-z]+#\\S+ \\d+ \\S+#
s#(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \\d\+ [A-Z][a-z]+#\\S+ \\d+ \\S+#
s#\\d\+ (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec) \\d\+#\\d+ \\w+ \\d+#g
s#/url: /configuration/(people|roles)/[0-9]+$#/url: /\\/configuration\\/\1\\/\\d+/#
s#\\d\+([.,]\\d\+)? ?%#[\\d.,]+ ?%#g

// The common emoji by Slack's names; the rest are shown as their :name:.

const TABLE = `
smile 😄 smiley 😃 grinning 😀 blush 😊 slightly_smiling_face 🙂 wink 😉 heart_eyes 😍 joy 😂 sweat_smile 😅 thinking_face 🤔
neutral_face 😐 confused 😕 worried 😟 disappointed 😞 cry 😢 sob 😭 angry 😠 scream 😱 sunglasses 😎 partying_face 🥳
tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁 sparkles ✨ star ⭐ star2 🌟 fire 🔥 boom 💥 zap ⚡ rocket 🚀 trophy 🏆 medal 🏅 dart 🎯
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 wave 👋 raised_hand ✋ hand ✋ raised_hands 🙌 clap 👏 pray 🙏 handshake 🤝 muscle 💪 ok_hand 👌 v ✌️
point_right 👉 point_left 👈 point_up ☝️ point_up_2 👆 point_down 👇 eyes 👀 brain 🧠 speech_balloon 💬 thought_balloon 💭
heart ❤️ yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 broken_heart 💔 100 💯
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ heavy_plus_sign ➕ heavy_minus_sign ➖
warning ⚠️ exclamation ❗ heavy_exclamation_mark ❗ bangbang ‼️ question ❓ grey_question ❔ information_source ℹ️ no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑
rotating_light 🚨 construction 🚧 sos 🆘 new 🆕 ok 🆗 up 🆙 bulb 💡 bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 lock 🔒 unlock 🔓 key 🔑
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫
large_red_square 🟥 large_orange_square 🟧 large_yellow_square 🟨 large_green_square 🟩 large_blue_square 🟦 large_purple_square 🟪 white_large_square ⬜ black_large_square ⬛
small_orange_diamond 🔸 small_blue_diamond 🔹 large_orange_diamond 🔶 large_blue_diamond 🔷
arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_upper_right ↗️ arrow_lower_right ↘️ left_right_arrow ↔️ arrows_counterclockwise 🔄 repeat 🔁 leftwards_arrow_with_hook ↩️ twisted_rightwards_arrows 🔀
calendar 📆 date 📅 spiral_calendar_pad 🗓️ clock9 🕘 clock3 🕒 alarm_clock ⏰ stopwatch ⏱️ hourglass ⌛ hourglass_flowing_sand ⏳ zzz 💤
memo 📝 pencil 📝 pencil2 ✏️ clipboard 📋 pushpin 📌 round_pushpin 📍 paperclip 📎 link 🔗 file_folder 📁 open_file_folder 📂 card_index_dividers 🗂️ books 📚 book 📖 page_facing_up 📄 newspaper 📰 bookmark 🔖 label 🏷️
bar_chart 📊 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 mag 🔍 mag_right 🔎 gear ⚙️ wrench 🔧 hammer 🔨 hammer_and_wrench 🛠️ toolbox 🧰 robot_face 🤖 computer 💻 iphone 📱
telephone ☎️ telephone_receiver 📞 email 📧 envelope ✉️ incoming_envelope 📨 love_letter 💌 inbox_tray 📥 outbox_tray 📤 mailbox 📫 package 📦 printer 🖨️ store 🏪 department_store 🏬 office 🏢 house 🏠 bank 🏦 hospital 🏥
moneybag 💰 dollar 💵 euro 💶 credit_card 💳 receipt 🧾 shopping_cart 🛒 balance_scale ⚖️ shield 🛡️ umbrella ☔ car 🚗 airplane ✈️ ship 🚢 train 🚋
world_map 🗺️ earth_africa 🌍 compass 🧭 triangular_flag_on_post 🚩 checkered_flag 🏁 white_flag 🏳️ flag-de 🇩🇪 flag-us 🇺🇸
busts_in_silhouette 👥 bust_in_silhouette 👤 jigsaw 🧩 seedling 🌱 herb 🌿 deciduous_tree 🌳 sunny ☀️ cloud ☁️ rainbow 🌈 snowflake ❄️ coffee ☕ cake 🍰 pizza 🍕 beers 🍻
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟 zero 0️⃣
crystal_ball 🔮 mirror 🪞 hugging_face 🤗 saluting_face 🫡 see_no_evil 🙈 bee 🐝 turtle 🐢 snail 🐌 whale 🐳 ghost 👻 skull 💀 raising_hand 🙋 woman-raising-hand 🙋‍♀️ man-raising-hand 🙋‍♂️
`;

const words = TABLE.trim().split(/\s+/);
const NAMES = new Map(words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1]]] : [])));

const drawable = new Map();

function pixels(text) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 24;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = "16px sans-serif";
  pen.fillText(text, 2, 18);
  return pen.getImageData(0, 0, 24, 24).data.join();
}

function drawn(character) {
  if (!drawable.has(character)) drawable.set(character, pixels(character) !== pixels("\u{10FFFE}"));
  return drawable.get(character);
}

/** The character for an emoji's name, or null where it is unknown or this machine has no picture of it. */
export function emojiFor(name) {
  const character = NAMES.get(name.split("::")[0]);
  return character && drawn(character) ? character : null;
}

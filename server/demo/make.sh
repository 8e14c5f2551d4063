#!/usr/bin/env bash
# Makes sound/ from dialogues/. Run it after a change there or in pronunciation.txt; the results
# are committed, so a build never needs it.
# Needs espeak-ng, sox, opus-tools and lame, and bash, sed and awk. The same versions give the same bytes
# (committed with espeak-ng 1.51, sox 14.4.2, opus-tools 0.2, lame 3.100, as in Debian 12).
#
# A dialogue starts with `format F`, `person V SPEED PITCH` and `other V SPEED PITCH` (V is a voice variant of espeak-ng),
# then has one line a turn: `person: words` or `other: words`. A number before the colon is the pause in seconds after
# the turn before it; a negative one talks over its end. The words `(tone HZ SECONDS)` are a tone.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")"

PAUSE=0.35      # seconds between two turns
LEAD=0.6        # seconds before the first turn
TAIL=0.8        # seconds after the last
SPEECH_DB=-20   # RMS of a turn without its pauses, dBFS
NOISE_DB=-58    # RMS of the line noise, dBFS
MAX_BYTES=3800000

for tool in espeak-ng sox soxi opusenc lame awk sed; do
  command -v "$tool" >/dev/null || { echo "make.sh: $tool is missing" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

calc() { awk "BEGIN { printf \"%.4f\", $1 }"; }
# Repeatable noise, no dither: one input, one output.
sox_() { sox -R -D "$@"; }
rms() { sox "$@" stats 2>&1 | awk '/^RMS lev dB/ { print $4 }'; }
level() { # IN OUT DB [EFFECT to measure behind]
  sox_ "$1" "$2" gain "$(calc "$3 - ($(rms "$1" -n "${@:4}"))")"
}
band=(rate -v 8000 sinc 300-3400)
ends=(silence 1 0.005 0.2% reverse silence 1 0.005 0.2% reverse)
even=(norm -3 compand '0.002,0.06' '6:-70,-70,-45,-40,-30,-22,-15,-14,0,-9' 0 -90 0.002)
pauses=(silence 1 0.01 -40d -1 0.08 -40d)

# One turn, in the telephone band and at the level of speech: speak WORDS VARIANT SPEED PITCH OUT
speak() {
  if [[ $1 =~ ^\(tone\ ([0-9]+)\ ([0-9.]+)\)$ ]]; then
    sox_ -r 8000 -n -b 16 "$5" synth "${BASH_REMATCH[2]}" sine "${BASH_REMATCH[1]}" fade 0.01 -0 0.01 gain -18
    return
  fi
  sed -Ef "$work/pronunciation.sed" <<<"$1" >"$work/words.txt"
  espeak-ng -v "sv+$2" -s "$3" -p "$4" -a 70 -w "$work/raw.wav" -f "$work/words.txt"
  sox_ "$work/raw.wav" "$work/band.wav" "${ends[@]}" "${band[@]}" "${even[@]}"
  level "$work/band.wav" "$5" "$SPEECH_DB" "${pauses[@]}"
}

# Both lines of a dialogue as $work/person.wav and $work/other.wav, equally long.
render() {
  local -A voice=() turns=()
  local format=alaw at=$LEAD end=0 n=0 line key words length
  while IFS= read -r line; do
    if [[ $line =~ ^(person|other)(\ ([+-][0-9.]+))?:\ (.+)$ ]]; then
      key=${BASH_REMATCH[1]} words=${BASH_REMATCH[4]} n=$((n + 1))
      ((n == 1)) || at=$(calc "$end + ${BASH_REMATCH[3]:-$PAUSE}")
      # shellcheck disable=SC2086 # variant, speed and pitch are three words
      speak "$words" ${voice[$key]} "$work/turn.wav"
      sox_ "$work/turn.wav" "$work/turn$n.wav" pad "$at"
      length=$(soxi -D "$work/turn.wav") end=$(calc "$at + $length")
      turns[$key]+=" -v 1 $work/turn$n.wav"
    elif [[ $line =~ ^(person|other)\ (.+)$ ]]; then
      voice[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}
    elif [[ $line =~ ^format\ (.+)$ ]]; then
      format=${BASH_REMATCH[1]}
    elif [[ -n $line && $line != \#* ]]; then
      echo "$1: what is \"$line\"?" >&2
      return 1
    fi
  done <"$1"

  # A multiple of 640 samples, two GSM blocks: after an odd number of them sox counts the pad byte as sound.
  end=$(calc "0.08 * int(($end + $TAIL) / 0.08 + 1)")
  sox_ -r 48000 -n -b 16 "$work/hiss.wav" synth "$(calc "2 * $end + 1")" pinknoise "${band[@]}"
  level "$work/hiss.wav" "$work/noise.wav" "$NOISE_DB"
  local skip=0
  for key in person other; do
    sox_ "$work/noise.wav" "$work/line.wav" trim "$skip" "$end"
    # shellcheck disable=SC2086 # a list of files
    sox_ -m -v 1 "$work/line.wav" ${turns[$key]} "$work/$key.wav" trim 0 "$end"
    skip=$end
  done
  store "$format" "$work/sound/$(basename "$1" .txt)"
}

# The two lines in the file format asked for: the person to the left, the other party to the right.
store() {
  local both="$work/both.wav" mixed="$work/mixed.wav"
  sox_ -M "$work/person.wav" "$work/other.wav" "$both"
  sox_ -m -v 1 "$work/person.wav" -v 1 "$work/other.wav" "$mixed"
  case $1 in
    alaw)      sox_ "$both" -e a-law "$2.wav" ;;
    ulaw)      sox_ "$both" -e u-law "$2.wav" ;;
    pcm16)     sox_ "$both" -b 16 "$2.wav" ;;
    mono-alaw) sox_ "$mixed" -e a-law "$2.wav" ;;
    mono-gsm)  sox_ "$mixed" -e gsm-full-rate "$2.wav" ;;
    opus)      opusenc --quiet --bitrate 32 --serial 1 "$both" "$2.opus" ;;
    mp3)       lame --quiet -m s -b 32 "$both" "$2.mp3" ;;
    *)         echo "unknown format $1" >&2; return 1 ;;
  esac
  printf '%-16s %-10s %5.1f s\n' "$(basename "$2")" "$1" "$(soxi -D "$both")"
}

awk -F'\t' '!/^#/ { printf "s/\\b%s\\b/[[%s]]/Ig\n", $1, $2 }' pronunciation.txt >"$work/pronunciation.sed"
mkdir "$work/sound"
for dialogue in dialogues/*.txt; do
  render "$dialogue"
done
total=$(cat "$work"/sound/* | wc -c)
echo "$total bytes in all"
((total <= MAX_BYTES)) || { echo "more than $MAX_BYTES bytes" >&2; exit 1; }
rm -rf sound
cp -r "$work/sound" sound

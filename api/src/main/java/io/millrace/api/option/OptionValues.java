package io.millrace.api.option;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text forms of option values. Pure. */
final class OptionValues {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("\\s*(\\d+)\\s*([a-zA-Z]*)\\s*");

    private OptionValues() {}

    static Boolean parseBoolean(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    static Duration parseDuration(String text) {
        if (text.trim().toUpperCase(Locale.ROOT).startsWith("P")) {
            return Duration.parse(text.trim());
        }
        Matcher matcher = match(text);
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "ns", "nano", "nanos" -> Duration.ofNanos(number);
            case "us", "micro", "micros" -> Duration.ofNanos(Math.multiplyExact(number, 1_000L));
            case "", "ms", "milli", "millis" -> Duration.ofMillis(number);
            case "s", "sec", "second", "seconds" -> Duration.ofSeconds(number);
            case "min", "m", "minute", "minutes" -> Duration.ofMinutes(number);
            case "h", "hour", "hours" -> Duration.ofHours(number);
            case "d", "day", "days" -> Duration.ofDays(number);
            default -> throw new IllegalArgumentException("unknown unit " + matcher.group(2));
        };
    }

    static String printDuration(Duration value) {
        long ms = value.toMillis();
        if (ms % 3_600_000 == 0 && ms != 0) {
            return ms / 3_600_000 + " h";
        }
        if (ms % 60_000 == 0 && ms != 0) {
            return ms / 60_000 + " min";
        }
        return ms % 1_000 == 0 ? ms / 1_000 + " s" : ms + " ms";
    }

    static Long parseSize(String text) {
        Matcher matcher = match(text);
        long number = Long.parseLong(matcher.group(1));
        int shift =
                switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                    case "", "b", "bytes" -> 0;
                    case "k", "kb", "kib" -> 10;
                    case "m", "mb", "mib" -> 20;
                    case "g", "gb", "gib" -> 30;
                    case "t", "tb", "tib" -> 40;
                    default ->
                            throw new IllegalArgumentException("unknown unit " + matcher.group(2));
                };
        return Math.multiplyExact(number, 1L << shift);
    }

    static String printSize(Long bytes) {
        if (bytes != 0 && bytes % (1L << 30) == 0) {
            return (bytes >> 30) + " gb";
        }
        if (bytes != 0 && bytes % (1L << 20) == 0) {
            return (bytes >> 20) + " mb";
        }
        return bytes != 0 && bytes % (1L << 10) == 0 ? (bytes >> 10) + " kb" : bytes + " b";
    }

    static <E extends Enum<E>> E parseEnum(String text, Class<E> type) {
        String wanted = text.trim().replace('-', '_');
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such constant"));
    }

    static Map<String, String> parseMap(String text) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String entry : splitRaw(text, ',')) {
            List<String> parts = split(entry, ':');
            if (parts.size() != 2) {
                throw new IllegalArgumentException("'" + entry + "' is not key:value");
            }
            map.put(parts.get(0), parts.get(1));
        }
        return map;
    }

    static String printMap(Map<String, String> map) {
        StringJoiner joiner = new StringJoiner(",");
        new TreeMap<>(map).forEach((key, value) -> joiner.add(quote(key) + ":" + quote(value)));
        return joiner.toString();
    }

    /** The parts between separators, without their quotes; none of an empty text. */
    static List<String> split(String text, char separator) {
        return splitRaw(text, separator).stream().map(OptionValues::unquote).toList();
    }

    private static List<String> splitRaw(String text, char separator) {
        List<String> parts = new ArrayList<>();
        if (text.isBlank()) {
            return parts;
        }
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** In single quotes, inner ones doubled, if it would not read back as it is. */
    static String quote(String text) {
        boolean plain = !text.isEmpty() && text.equals(text.trim());
        for (int i = 0; plain && i < text.length(); i++) {
            plain = ",:;'".indexOf(text.charAt(i)) < 0;
        }
        return plain ? text : "'" + text.replace("'", "''") + "'";
    }

    private static String unquote(String text) {
        String trimmed = text.trim();
        if (trimmed.length() >= 2 && trimmed.startsWith("'") && trimmed.endsWith("'")) {
            return trimmed.substring(1, trimmed.length() - 1).replace("''", "'");
        }
        return trimmed;
    }

    private static Matcher match(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a number with a unit");
        }
        return matcher;
    }
}

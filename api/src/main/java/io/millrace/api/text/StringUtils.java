package io.millrace.api.text;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.HexFormat;
import java.util.Random;
import java.util.StringJoiner;

/** Text forms that programs print and parse. Pure. */
public final class StringUtils {
    public static final String[] EMPTY_STRING_ARRAY = new String[0];

    private static final String ALPHANUMERIC =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private StringUtils() {}

    /**
     * Lower-case hexadecimal digits, two for each byte.
     *
     * @param end behind the last byte
     */
    public static String byteToHexString(byte[] bytes, int start, int end) {
        return HexFormat.of().formatHex(bytes, start, end);
    }

    public static String byteToHexString(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * @throws IllegalArgumentException if it is no even number of hexadecimal digits
     */
    public static byte[] hexStringToByte(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** {@code toString}, and of an array, at any depth, its elements in brackets. */
    public static String arrayAwareToString(Object o) {
        if (o == null || !o.getClass().isArray()) {
            return String.valueOf(o);
        }
        StringJoiner elements = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < Array.getLength(o); i++) {
            elements.add(arrayAwareToString(Array.get(o, i)));
        }
        return elements.toString();
    }

    /** Backspace, tab, line feed, form feed and carriage return, as Java writes them. */
    public static String showControlCharacters(String str) {
        return str.replace("\b", "\\b")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\f", "\\f")
                .replace("\r", "\\r");
    }

    /**
     * Of any characters but the first 64 Ki's surrogates and 0.
     *
     * @param maxLength included
     */
    public static String getRandomString(Random rnd, int minLength, int maxLength) {
        int length = rnd.nextInt(maxLength - minLength + 1) + minLength;
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append((char) (rnd.nextInt(Character.MIN_SURROGATE - 1) + 1));
        }
        return text.toString();
    }

    /**
     * @param maxLength included
     * @param maxValue included
     */
    public static String getRandomString(
            Random rnd, int minLength, int maxLength, char minValue, char maxValue) {
        int length = rnd.nextInt(maxLength - minLength + 1) + minLength;
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append((char) (rnd.nextInt(maxValue - minValue + 1) + minValue));
        }
        return text.toString();
    }

    /** Of digits and the letters of ASCII. */
    public static String generateRandomAlphanumericString(Random rnd, int length) {
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(ALPHANUMERIC.charAt(rnd.nextInt(ALPHANUMERIC.length())));
        }
        return text.toString();
    }

    /**
     * The number of characters, then each of two bytes.
     *
     * @param str not null
     */
    public static void writeString(String str, DataOutputView out) throws IOException {
        out.writeInt(str.length());
        out.writeChars(str);
    }

    /** What {@link #writeString} wrote. */
    public static String readString(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new IOException("a string cannot have " + length + " characters");
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(in.readChar());
        }
        return text.toString();
    }

    /** Whether there is one, then {@link #writeString}. */
    public static void writeNullableString(String str, DataOutputView out) throws IOException {
        out.writeBoolean(str != null);
        if (str != null) {
            writeString(str, out);
        }
    }

    /** What {@link #writeNullableString} wrote. */
    public static String readNullableString(DataInputView in) throws IOException {
        return in.readBoolean() ? readString(in) : null;
    }

    /** True also of null. */
    public static boolean isNullOrWhitespaceOnly(String str) {
        return str == null || str.chars().allMatch(Character::isWhitespace);
    }

    /** Both with an "and" between, or the one that is there, or null. */
    public static String concatenateWithAnd(String s1, String s2) {
        if (s1 == null) {
            return s2;
        }
        return s2 == null ? s1 : s1 + " and " + s2;
    }

    /** In double quotes and lower case, with commas between. */
    public static String toQuotedListString(Object[] values) {
        StringJoiner list = new StringJoiner(", ");
        for (Object value : values) {
            list.add("\"" + String.valueOf(value).toLowerCase(java.util.Locale.ROOT) + "\"");
        }
        return list.toString();
    }
}

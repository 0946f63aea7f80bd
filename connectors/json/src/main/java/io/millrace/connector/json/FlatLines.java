package io.millrace.connector.json;

import com.fasterxml.jackson.databind.ObjectReader;
import io.millrace.connector.file.LineRecordFormat.LineParser;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * Makes objects of a flat class of lines that are written as programs write them. Confined to its
 * task.
 */
/* What is read here is read once, without tokens, names in tables or boxes: known names, numbers of few digits,
 * texts without escapes. A line with anything else, be it null, an unknown name or a mistake, is given to
 * Jackson from its first byte on. So Jackson alone says what is an error and how it is called; what is read here
 * must only be what it would have read. Where most lines are of that kind, the attempt is given up. */
final class FlatLines<T> implements LineParser<T> {
    private static final long serialVersionUID = 1L;

    /** No byte is so. */
    private static final int END = Integer.MIN_VALUE;

    /** Longer numbers may need rounding, and longer texts may be too long. */
    private static final int MAX_DIGITS = 18;

    private static final long[] LONG_TENS = new long[MAX_DIGITS + 1];

    static {
        LONG_TENS[0] = 1;
        for (int i = 1; i <= MAX_DIGITS; i++) {
            LONG_TENS[i] = 10 * LONG_TENS[i - 1];
        }
    }

    private static final int MAX_TEXT = 1 << 20;

    /** So many more lines may be Jackson's than have been ours. */
    private static final int PATIENCE = 1_000;

    private final ObjectReader jackson;
    private final transient MethodHandle constructor;
    private final transient byte[][] names;
    private final transient FlatClass.Kind[] kinds;
    private final transient PropertySetter[] setters;

    private int patience = PATIENCE;

    private byte[] bytes;
    private int at;
    private int end;
    private boolean negative;
    private int fraction; // digits behind the point of the number that was read last; -1 without

    FlatLines(FlatClass type, ObjectReader jackson) {
        this.jackson = jackson;
        this.constructor = type.constructor();
        int size = type.properties().size();
        this.names = new byte[size][];
        this.kinds = new FlatClass.Kind[size];
        this.setters = new PropertySetter[size];
        for (int i = 0; i < size; i++) {
            names[i] = type.properties().get(i).name();
            kinds[i] = type.properties().get(i).kind();
            setters[i] = type.properties().get(i).setter();
        }
    }

    @Override
    public T parse(String line) throws IOException {
        return jackson.readValue(line);
    }

    @Override
    @SuppressWarnings("unchecked") // the constructor is that of the class
    public T parse(byte[] line, int offset, int length) throws IOException {
        if (patience > 0) {
            bytes = line;
            at = offset;
            end = offset + length;
            Object made = parsed();
            if (made != null) {
                patience = Math.min(patience + 1, PATIENCE);
                return (T) made;
            }
            patience--;
        }
        return jackson.readValue(line, offset, length);
    }

    /**
     * Null if the line is for Jackson; also where code of the class throws, which it will again.
     */
    private Object parsed() {
        try {
            if (next() != '{') {
                return null;
            }
            Object made = (Object) constructor.invokeExact();
            return fill(made) && next() == END ? made : null;
        } catch (Exception e) {
            return null;
        } catch (Throwable e) {
            if (e instanceof Error error) {
                throw error;
            }
            return null;
        }
    }

    private boolean fill(Object made) throws Throwable {
        int c = next();
        if (c == '}') {
            return true;
        }
        int expected = 0;
        while (c == '"') {
            int property = property(expected);
            if (property < 0 || next() != ':' || !set(made, property)) {
                return false;
            }
            expected = property + 1;
            c = next();
            if (c != ',') {
                return c == '}';
            }
            c = next();
        }
        return false;
    }

    /** The next byte that is no white space, behind which we are then; {@link #END} at the end. */
    private int next() {
        int here = at;
        if (here < end && bytes[here] > ' ') {
            at = here + 1;
            return bytes[here];
        }
        return nextBehindSpace();
    }

    private int nextBehindSpace() {
        while (at < end) {
            byte c = bytes[at++];
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                return c;
            }
        }
        return END;
    }

    /** Lines mostly have names in the same order. */
    private int property(int expected) {
        if (expected < names.length && isHere(names[expected])) {
            at += names[expected].length;
            return expected;
        }
        for (int i = 0; i < names.length; i++) {
            if (isHere(names[i])) {
                at += names[i].length;
                return i;
            }
        }
        return -1;
    }

    private boolean isHere(byte[] name) {
        byte[] line = bytes;
        int from = at;
        if (end - from < name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (name[i] != line[from + i]) {
                return false;
            }
        }
        return true;
    }

    private boolean set(Object made, int property) throws Throwable {
        return switch (kinds[property]) {
            case LONG -> setLong(made, property);
            case INT -> setInt(made, property);
            case DOUBLE -> setDouble(made, property);
            case FLOAT -> setFloat(made, property);
            case BOOLEAN -> setBoolean(made, property);
            case TEXT -> setText(made, property);
        };
    }

    private boolean setLong(Object made, int property) throws Throwable {
        long digits = digits();
        if (digits < 0 || fraction >= 0) {
            return false;
        }
        long value = negative ? -digits : digits;
        setters[property].set(made, value);
        return true;
    }

    private boolean setInt(Object made, int property) throws Throwable {
        long digits = digits();
        if (digits < 0 || digits > Integer.MAX_VALUE || fraction >= 0) {
            return false;
        }
        int value = (int) (negative ? -digits : digits);
        setters[property].set(made, value);
        return true;
    }

    private boolean setDouble(Object made, int property) throws Throwable {
        long digits = digits();
        if (digits < 0 || !ExactNumbers.isDouble(digits, fraction) || digits == 0 && negative) {
            return false;
        }
        double size = ExactNumbers.doubleOf(digits, fraction);
        double value = negative ? -size : size;
        setters[property].set(made, value);
        return true;
    }

    private boolean setFloat(Object made, int property) throws Throwable {
        long digits = digits();
        if (digits < 0 || !ExactNumbers.isFloat(digits, fraction) || digits == 0 && negative) {
            return false;
        }
        float size = ExactNumbers.floatOf(digits, fraction);
        if (size != (float) ExactNumbers.doubleOf(digits, fraction)) {
            return false; // rounded twice it is another one, and Jackson may round so
        }
        float value = negative ? -size : size;
        setters[property].set(made, value);
        return true;
    }

    /** All digits of a number without exponent, or -1. */
    private long digits() {
        int c = next();
        negative = c == '-';
        if (negative) {
            c = at < end ? bytes[at++] : -1;
        }
        if (c < '0' || c > '9') {
            return -1;
        }
        byte[] line = bytes;
        int limit = end;
        int from = at - 1;
        int to = wholeEnd(line, from, limit);
        if (to - from > 1 && c == '0') {
            return -1; // 007
        }
        long digits = digits(line, from, to);
        fraction = -1;
        if (to < limit && line[to] == '.') {
            int point = to + 1;
            to = wholeEnd(line, point, limit);
            fraction = to - point;
            if (fraction == 0 || to - from > MAX_DIGITS) {
                return -1;
            }
            digits = digits * LONG_TENS[fraction] + digits(line, point, to);
        }
        boolean exponent = to < limit && (line[to] | 0x20) == 'e';
        at = to;
        return exponent || to - from > MAX_DIGITS ? -1 : digits;
    }

    /** Where digits end. */
    private static int wholeEnd(byte[] line, int from, int limit) {
        int to = from;
        while (to < limit && line[to] >= '0' && line[to] <= '9') {
            to++;
        }
        return to;
    }

    /** Of digits only; so many that they overflow are not used. */
    private static long digits(byte[] line, int from, int to) {
        long digits = 0;
        for (int i = from; i < to; i++) {
            digits = digits * 10 + (line[i] - '0');
        }
        return digits;
    }

    private boolean setBoolean(Object made, int property) throws Throwable {
        int c = next();
        boolean value = c == 't';
        if (value && at + 3 <= end && isWord('r', 'u', 'e')) {
            at += 3;
        } else if (c == 'f' && at + 4 <= end && bytes[at + 3] == 'e' && isWord('a', 'l', 's')) {
            at += 4;
        } else {
            return false;
        }
        setters[property].set(made, value);
        return true;
    }

    private boolean isWord(char first, char second, char third) {
        return bytes[at] == first && bytes[at + 1] == second && bytes[at + 2] == third;
    }

    private boolean setText(Object made, int property) throws Throwable {
        if (next() != '"') {
            return false;
        }
        byte[] line = bytes;
        int limit = end;
        int from = at;
        int to = from;
        int high = 0;
        while (to < limit) {
            byte c = line[to];
            if (c == '"') {
                break;
            }
            if (c == '\\' || c >= 0 && c < ' ') {
                return false;
            }
            high |= c;
            to++;
        }
        if (to == limit || to - from > MAX_TEXT) {
            return false;
        }
        at = to + 1;
        String text;
        if (high >= 0) {
            text = new String(line, from, to - from, StandardCharsets.ISO_8859_1);
        } else {
            text = new String(line, from, to - from, StandardCharsets.UTF_8);
            if (text.indexOf('\uFFFD') >= 0) {
                return false; // perhaps no UTF-8
            }
        }
        setters[property].set(made, text);
        return true;
    }
}

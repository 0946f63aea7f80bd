package io.millrace.api.type.bitmap;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** The portable form of Roaring bitmaps. Stateless. */
/* All little-endian. We write and read the form without runs,
 *
 *     cookie 12346 (4) | containers n (4) | n × [ upper bits (2) | size − 1 (2) ] | n × offset (4) |
 *     n × [ size × 2 bytes of sorted numbers, or 8,192 bytes of bits if size > 4,096 ]
 *
 * and read the one with runs as well: its cookie is 12347 with n − 1 in the upper half, a bit for each
 * container follows that says whether it has runs, offsets are there from four containers on, and a
 * container of runs is their number (2) and for each the first number and the length − 1.
 */
final class RoaringBytes {
    private static final int COOKIE = 12_346;
    private static final int COOKIE_WITH_RUNS = 12_347;
    private static final int OFFSETS_FROM = 4;

    private RoaringBytes() {}

    static byte[] write(Containers bitmap) {
        TreeMap<Integer, Container> byHigh = bitmap.byHigh();
        int headerBytes = 8 + 8 * byHigh.size();
        int bytes = headerBytes;
        for (Container each : byHigh.values()) {
            bytes += bytesOf(each.size());
        }
        ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(COOKIE).putInt(byHigh.size());
        for (Map.Entry<Integer, Container> each : byHigh.entrySet()) {
            out.putShort(each.getKey().shortValue()).putShort((short) (each.getValue().size() - 1));
        }
        int offset = headerBytes;
        for (Container each : byHigh.values()) {
            out.putInt(offset);
            offset += bytesOf(each.size());
        }
        for (Container each : byHigh.values()) {
            if (each.size() <= Container.MAX_ARRAY) {
                for (char low : each.toArray()) {
                    out.putShort((short) low);
                }
            } else {
                for (long word : each.bits()) {
                    out.putLong(word);
                }
            }
        }
        return out.array();
    }

    private static int bytesOf(int size) {
        return size <= Container.MAX_ARRAY ? 2 * size : Container.BITS / Byte.SIZE;
    }

    static Containers read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            Containers bitmap = read(in);
            if (in.hasRemaining()) {
                throw invalid(in.remaining() + " bytes are left of " + bytes.length);
            }
            return bitmap;
        } catch (BufferUnderflowException e) {
            throw invalid("they end too early, after " + bytes.length);
        }
    }

    private static IllegalArgumentException invalid(String what) {
        return new IllegalArgumentException("These bytes are not of a bitmap: " + what + ".");
    }

    private static Containers read(ByteBuffer in) {
        int cookie = in.getInt();
        boolean withRuns = (cookie & 0xFFFF) == COOKIE_WITH_RUNS;
        if (!withRuns && cookie != COOKIE) {
            throw invalid("they begin with " + cookie);
        }
        int containers = withRuns ? (cookie >>> 16) + 1 : in.getInt();
        if (containers < 0 || containers > Container.BITS) {
            throw invalid("they tell of " + containers + " containers");
        }
        byte[] runs = new byte[withRuns ? (containers + 7) / 8 : 0];
        in.get(runs);
        int[] highs = new int[containers];
        int[] sizes = new int[containers];
        for (int i = 0; i < containers; i++) {
            highs[i] = Short.toUnsignedInt(in.getShort());
            sizes[i] = Short.toUnsignedInt(in.getShort()) + 1;
            if (i > 0 && highs[i] <= highs[i - 1]) {
                throw invalid("containers are not in their order");
            }
        }
        if (!withRuns || containers >= OFFSETS_FROM) {
            for (int i = 0; i < containers; i++) {
                in.getInt(); // containers follow each other, so nothing needs to be looked for
            }
        }
        Containers bitmap = new Containers();
        for (int i = 0; i < containers; i++) {
            boolean isRuns = withRuns && (runs[i / 8] >> i % 8 & 1) == 1;
            Container container = isRuns ? runs(in) : container(in, sizes[i]);
            if (container.size() != sizes[i]) {
                throw invalid("a container has " + container.size() + " numbers, not " + sizes[i]);
            }
            bitmap.byHigh().put(highs[i], container);
        }
        return bitmap;
    }

    private static Container container(ByteBuffer in, int size) {
        if (size > Container.MAX_ARRAY) {
            long[] bits = new long[Container.BITS / Long.SIZE];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = in.getLong();
            }
            return Container.ofBits(bits);
        }
        char[] values = new char[size];
        for (int i = 0; i < size; i++) {
            values[i] = in.getChar();
            if (i > 0 && values[i] <= values[i - 1]) {
                throw invalid("numbers are not in their order");
            }
        }
        return Container.of(values);
    }

    private static Container runs(ByteBuffer in) {
        int count = Short.toUnsignedInt(in.getShort());
        Container all = Container.EMPTY;
        for (int i = 0; i < count; i++) {
            int first = in.getChar();
            int length = in.getChar() + 1;
            if (first + length > Container.BITS) {
                throw invalid("a run goes beyond its container");
            }
            all = all.or(Container.range(first, length));
        }
        return all;
    }
}

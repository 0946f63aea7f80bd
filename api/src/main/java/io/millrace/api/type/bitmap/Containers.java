package io.millrace.api.type.bitmap;

import io.millrace.api.type.TypeInfo;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** The numbers by their upper 16 bits. Not thread-safe. */
/* A container for each block of 65,536 numbers that has any: a sorted array of the lower 16 bits up to
 * 4,096 numbers, a bit for each above that, so never more than two bytes a number or 8 KiB a block.
 * (Chambi, Lemire, Kaser, Godin: Better bitmap performance with Roaring bitmaps, 2014.)
 */
@TypeInfo(BitmapTypeInfoFactory.class)
final class Containers implements Bitmap, Serializable {
    private static final long serialVersionUID = 1L;
    private static final long END = 1L << 32;

    private final transient TreeMap<Integer, Container> byHigh = new TreeMap<>(); // none is empty

    TreeMap<Integer, Container> byHigh() {
        return byHigh;
    }

    private static Containers of(Bitmap other) {
        return other instanceof Containers known
                ? known
                : (Containers) Bitmap.fromArray(other.toArray());
    }

    @Override
    public void add(int value) {
        int high = value >>> 16;
        Container there = byHigh.get(high);
        byHigh.put(high, (there == null ? Container.EMPTY : there).with(value & 0xFFFF));
    }

    @Override
    public void add(long rangeStart, long rangeEnd) {
        if (rangeStart < 0 || rangeEnd > END) {
            throw new IllegalArgumentException(
                    "A range lies within 0 and 4294967296, not from "
                            + rangeStart
                            + " to "
                            + rangeEnd
                            + ".");
        }
        for (long from = rangeStart; from < rangeEnd; ) {
            int high = (int) (from >>> 16);
            long to = Math.min(rangeEnd, (high + 1L) << 16);
            Container range = Container.range((int) (from & 0xFFFF), (int) (to - from));
            byHigh.merge(high, range, Container::or);
            from = to;
        }
    }

    @Override
    public void addN(int[] values, int offset, int n) {
        for (int i = offset; i < offset + n; i++) {
            add(values[i]);
        }
    }

    @Override
    public void remove(int value) {
        byHigh.computeIfPresent(
                value >>> 16, (high, there) -> there.without(value & 0xFFFF).orNull());
    }

    @Override
    public boolean contains(int value) {
        Container there = byHigh.get(value >>> 16);
        return there != null && there.contains(value & 0xFFFF);
    }

    @Override
    public void clear() {
        byHigh.clear();
    }

    @Override
    public boolean isEmpty() {
        return byHigh.isEmpty();
    }

    @Override
    public int getCardinality() {
        return Math.toIntExact(getLongCardinality());
    }

    @Override
    public long getLongCardinality() {
        long sum = 0;
        for (Container each : byHigh.values()) {
            sum += each.size();
        }
        return sum;
    }

    @Override
    public void and(Bitmap other) {
        Containers others = of(other);
        Iterator<Map.Entry<Integer, Container>> entries = byHigh.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Integer, Container> mine = entries.next();
            Container theirs = others.byHigh.get(mine.getKey());
            Container both = theirs == null ? Container.EMPTY : mine.getValue().and(theirs);
            if (both.size() == 0) {
                entries.remove();
            } else {
                mine.setValue(both);
            }
        }
    }

    @Override
    public void or(Bitmap other) {
        TreeMap<Integer, Container> others = new TreeMap<>(of(other).byHigh); // may be this one
        others.forEach((high, theirs) -> byHigh.merge(high, theirs.copy(), Container::or));
    }

    @Override
    public void xor(Bitmap other) {
        TreeMap<Integer, Container> theirs = new TreeMap<>(of(other).byHigh); // may be this one
        theirs.forEach(
                (high, their) -> byHigh.merge(high, their.copy(), (a, b) -> a.xor(b).orNull()));
    }

    @Override
    public void andNot(Bitmap other) {
        TreeMap<Integer, Container> theirs = new TreeMap<>(of(other).byHigh); // may be this one
        theirs.forEach(
                (high, their) ->
                        byHigh.computeIfPresent(high, (h, mine) -> mine.andNot(their).orNull()));
    }

    @Override
    public int[] toArray() {
        int[] all = new int[getCardinality()];
        int next = 0;
        for (Map.Entry<Integer, Container> each : byHigh.entrySet()) {
            for (char low : each.getValue().toArray()) {
                all[next++] = each.getKey() << 16 | low;
            }
        }
        return all;
    }

    @Override
    public byte[] toBytes() {
        return RoaringBytes.write(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Containers that && byHigh.equals(that.byHigh);
    }

    @Override
    public int hashCode() {
        return byHigh.hashCode();
    }

    /** All numbers, unsigned. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int value : toArray()) {
            text.append(text.length() == 1 ? "" : ",").append(Integer.toUnsignedString(value));
        }
        return text.append('}').toString();
    }

    /** Never written itself, so never read: its bytes are. */
    private Object writeReplace() {
        return new Written(toBytes());
    }

    /** What travels by Java serialization. */
    private static final class Written implements Serializable {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Written(byte[] bytes) {
            this.bytes = bytes;
        }

        private Object readResolve() {
            return RoaringBytes.read(Arrays.copyOf(bytes, bytes.length));
        }
    }
}

package io.millrace.host.modes;

import io.millrace.api.type.TypeInformation;
import java.util.Comparator;
import java.util.List;

/**
 * The record of all programs. Immutable.
 *
 * @param time in milliseconds; where a stream is timed, its event time too
 * @param count of records that were folded into this one
 */
public record Item(long key, long value, long time, long count) implements Comparable<Item> {
    static final TypeInformation<Item> TYPE = TypeInformation.of(Item.class);

    private static final Comparator<Item> ORDER =
            Comparator.comparingLong(Item::key)
                    .thenComparingLong(Item::value)
                    .thenComparingLong(Item::time)
                    .thenComparingLong(Item::count);

    /** Both as one, whichever came first. */
    Item plus(Item other) {
        return new Item(
                Math.min(key, other.key),
                value + other.value,
                Math.max(time, other.time),
                count + other.count);
    }

    Item at(long newTime) {
        return new Item(key, value, newTime, count);
    }

    /** A pair that a join found, without a time. */
    static Item joined(Item left, Item right) {
        return new Item(
                Math.min(left.key, right.key),
                left.value * 31 + right.value,
                0,
                left.count + right.count);
    }

    static Item sum(List<Item> items) {
        return items.stream().reduce(Item::plus).orElseThrow();
    }

    /** A time that depends on nothing but a key. */
    static long timeOf(long key) {
        return Math.floorMod(mix(key), 1_000L);
    }

    /** Scatters numbers: equal ones to equal ones, neighbours far apart. */
    static long mix(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    @Override
    public int compareTo(Item other) {
        return ORDER.compare(this, other);
    }
}

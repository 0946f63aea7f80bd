package io.millrace.runtime.time;

import java.util.Arrays;

/**
 * A run of timers in order of time and key hash, as parallel arrays. Confined to the task; once it
 * is frozen, it does not change any more.
 */
final class TimerLeaf {
    static final int MOST = 512;
    private static final int LEAST = 16;

    /** The version in which it was made or copied. */
    final int born;

    private long[] times;
    private KeyColumn keys;
    private Object[] namespaces; // null if there are none
    private int from;
    private int to; // exclusive

    /**
     * @param form says what the keys are
     */
    TimerLeaf(KeyColumn form, boolean inNamespaces, int version) {
        this(form, inNamespaces, LEAST, version);
    }

    private TimerLeaf(KeyColumn form, boolean inNamespaces, int capacity, int version) {
        born = version;
        times = new long[capacity];
        keys = form.empty(capacity);
        namespaces = inNamespaces ? new Object[capacity] : null;
    }

    private TimerLeaf(TimerLeaf other, int version) {
        born = version;
        times = other.times.clone();
        keys = other.keys.copy(times.length);
        namespaces = other.namespaces == null ? null : other.namespaces.clone();
        from = other.from;
        to = other.to;
    }

    TimerLeaf copy(int version) {
        return new TimerLeaf(this, version);
    }

    int size() {
        return to - from;
    }

    /**
     * @param place from 0
     */
    long time(int place) {
        return times[from + place];
    }

    int hash(int place) {
        return keys.hash(from + place);
    }

    Object key(int place) {
        return keys.key(from + place);
    }

    /** Null if there are none. */
    Object namespace(int place) {
        return namespaces == null ? null : namespaces[from + place];
    }

    /** Whether a timer comes before a time and hash. */
    private boolean isBefore(int index, long time, int hash) {
        return times[index] < time || (times[index] == time && keys.hash(index) < hash);
    }

    /** The place of a timer; negative, the complement of the place where it belongs, if none. */
    int find(long time, int hash, Object key, Object namespace) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore(middle, time, hash)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int index = low;
        while (index < to && times[index] == time && keys.hash(index) == hash) {
            if (keys.isAt(index, key)
                    && (namespaces == null || namespaces[index].equals(namespace))) {
                return index - from;
            }
            index++;
        }
        return ~(index - from);
    }

    boolean isFull() {
        return size() >= MOST;
    }

    void insert(int place, long time, int hash, Object key, Object namespace) {
        makeRoom();
        int index = from + place;
        shift(index, index + 1, to - index);
        to++;
        times[index] = time;
        keys.set(index, hash, key);
        if (namespaces != null) {
            namespaces[index] = namespace;
        }
    }

    /** For one more, at the end. */
    private void makeRoom() {
        if (to < times.length) {
            return;
        }
        if (from >= times.length / 4) {
            int size = size();
            shift(from, 0, size);
            keys.clear(size, to);
            if (namespaces != null) {
                Arrays.fill(namespaces, size, to, null);
            }
            from = 0;
            to = size;
            return;
        }
        int capacity = times.length < MOST ? Math.min(MOST, times.length * 2) : times.length + MOST;
        times = Arrays.copyOf(times, capacity);
        keys = keys.copy(capacity);
        if (namespaces != null) {
            namespaces = Arrays.copyOf(namespaces, capacity);
        }
    }

    private void shift(int source, int target, int count) {
        System.arraycopy(times, source, times, target, count);
        keys.move(source, target, count);
        if (namespaces != null) {
            System.arraycopy(namespaces, source, namespaces, target, count);
        }
    }

    void remove(int place) {
        int index = from + place;
        if (place == 0) {
            clear(from++);
            return;
        }
        shift(index + 1, index, to - index - 1);
        clear(--to);
    }

    private void clear(int index) {
        keys.clear(index, index + 1);
        if (namespaces != null) {
            namespaces[index] = null;
        }
    }

    /**
     * Gives away its last timers, about half of them; those of one time and hash stay together.
     *
     * @return null if all are of one time and hash
     */
    TimerLeaf split(int version) {
        int middle = (from + to) >>> 1;
        int cut = middle;
        while (cut < to && !isBefore(cut - 1, times[cut], keys.hash(cut))) {
            cut++;
        }
        if (cut == to) {
            cut = middle;
            while (cut > from && (cut == to || !isBefore(cut - 1, times[cut], keys.hash(cut)))) {
                cut--;
            }
            if (cut == from) {
                return null;
            }
        }
        TimerLeaf last = new TimerLeaf(keys, namespaces != null, Math.max(MOST, to - cut), version);
        last.take(this, cut, to);
        keys.clear(cut, to);
        if (namespaces != null) {
            Arrays.fill(namespaces, cut, to, null);
        }
        to = cut;
        return last;
    }

    /** Appends timers of another leaf, which come after its own. */
    private void take(TimerLeaf other, int first, int end) {
        int count = end - first;
        System.arraycopy(other.times, first, times, to, count);
        keys.take(other.keys, first, to, count);
        if (namespaces != null) {
            System.arraycopy(other.namespaces, first, namespaces, to, count);
        }
        to += count;
    }

    /** A leaf of all timers of this and the next one. */
    TimerLeaf and(TimerLeaf next, int version) {
        TimerLeaf both = new TimerLeaf(keys, namespaces != null, MOST, version);
        both.take(this, from, to);
        both.take(next, next.from, next.to);
        return both;
    }
}

package io.millrace.runtime.time;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The timers of one domain, the earliest first; one for each time and key. Confined to the task.
 */
/* A binary heap of timers that know their place in it, so that deleting one costs as little as taking
 * the first, and an index by time and key. Timers of one time fire in the order of registration.
 */
final class TimerQueue {
    private Timer[] heap = new Timer[16];
    private int size;
    private long registered;
    private final Map<Timer, Timer> index = new HashMap<>();

    /** A time and a key; equal if both are. */
    static final class Timer {
        final long timestampMs;
        final Object key;
        private long number;
        private int place;

        private Timer(long timestampMs, Object key) {
            this.timestampMs = timestampMs;
            this.key = key;
        }

        private boolean isBefore(Timer other) {
            return timestampMs != other.timestampMs
                    ? timestampMs < other.timestampMs
                    : number < other.number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Timer that
                    && timestampMs == that.timestampMs
                    && key.equals(that.key);
        }

        @Override
        public int hashCode() {
            return 31 * key.hashCode() + Long.hashCode(timestampMs);
        }
    }

    int size() {
        return size;
    }

    /** The time of the first; {@code Long.MAX_VALUE} if there is none. */
    long firstMs() {
        return size == 0 ? Long.MAX_VALUE : heap[0].timestampMs;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Those that are registered now, in no order. */
    List<Timer> all() {
        return List.copyOf(index.keySet());
    }

    /** Returns false if it was there already. */
    boolean add(long timestampMs, Object key) {
        Timer timer = new Timer(timestampMs, key);
        if (index.putIfAbsent(timer, timer) != null) {
            return false;
        }
        timer.number = registered++;
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, Math.multiplyExact(size, 2));
        }
        place(timer, size++);
        siftUp(timer);
        return true;
    }

    /** Returns false if it was not there. */
    boolean remove(long timestampMs, Object key) {
        Timer timer = index.remove(new Timer(timestampMs, key));
        if (timer == null) {
            return false;
        }
        takeOut(timer.place);
        return true;
    }

    /** Takes the first one; there must be one. */
    Timer poll() {
        Timer first = heap[0];
        index.remove(first);
        takeOut(0);
        return first;
    }

    private void takeOut(int place) {
        Timer last = heap[--size];
        heap[size] = null;
        if (place < size) {
            place(last, place);
            siftDown(last);
            siftUp(last);
        }
    }

    private void place(Timer timer, int place) {
        heap[place] = timer;
        timer.place = place;
    }

    private void siftUp(Timer timer) {
        int place = timer.place;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (!timer.isBefore(heap[parent])) {
                break;
            }
            place(heap[parent], place);
            place = parent;
        }
        place(timer, place);
    }

    private void siftDown(Timer timer) {
        int place = timer.place;
        while (true) {
            int child = 2 * place + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(timer)) {
                break;
            }
            place(heap[child], place);
            place = child;
        }
        place(timer, place);
    }
}

package io.millrace.runtime.serde;

import io.millrace.api.serialization.TypeSerializer;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lends a program's serializer to one user at a time, duplicated as often as there are users. A
 * serializer without state, which duplicates to itself, is lent to all. Thread-safe; one that
 * failed is not given back.
 */
final class SerializerPool {
    private static final int MAX_IDLE = 64;

    private final TypeSerializer<Object> prototype;
    private final boolean shared;

    /** Task threads take and give back. */
    private final ConcurrentLinkedDeque<TypeSerializer<Object>> idle =
            new ConcurrentLinkedDeque<>();

    /** About how many are idle, so that a burst of users does not stay for ever. */
    private final AtomicInteger idleCount = new AtomicInteger();

    SerializerPool(TypeSerializer<Object> prototype) {
        this.prototype = prototype;
        this.shared = prototype.duplicate() == prototype;
    }

    /** To ask what all have in common; not to serialize with. */
    TypeSerializer<Object> prototype() {
        return prototype;
    }

    TypeSerializer<Object> take() {
        if (shared) {
            return prototype;
        }
        TypeSerializer<Object> found = idle.pollFirst();
        if (found != null) {
            idleCount.decrementAndGet();
            return found;
        }
        synchronized (prototype) { // duplicating may read state that is made on first use
            return prototype.duplicate();
        }
    }

    void giveBack(TypeSerializer<Object> serializer) {
        if (!shared && idleCount.get() < MAX_IDLE) {
            idle.addFirst(serializer);
            idleCount.incrementAndGet();
        }
    }
}

package io.millrace.runtime.exchange;

import io.millrace.runtime.chunk.Item;

/** The producing end of a channel. Confined to the producing task. */
public interface ChannelWriter extends AutoCloseable {
    /**
     * Hands an item over; afterwards the caller does not touch it.
     *
     * @return false if the channel is full: nothing happened, and the caller comes again with the
     *     same item before any other. {@code onSpace} runs when that makes sense.
     * @throws io.millrace.api.error.MillraceException {@code EXCHANGE_FAILED} if the peer is gone
     */
    boolean offer(Item item);

    /** Whether the next {@link #offer} would be taken. */
    boolean hasSpace();

    /**
     * Whether nobody reads before the end of input: a chunk need not leave before it is full, and
     * events before the end say nothing to anybody.
     */
    default boolean isReadAtTheEnd() {
        return false;
    }

    /**
     * The task ends its turn or waits: a reader that sleeps is told of what was offered. Until then
     * {@link #offer} may leave it asleep, so that it is woken for many items and not for each.
     */
    void settle();

    /** Bytes given to the network so far; 0 for a local channel. */
    long bytesOut();

    /** Ends the channel; what was offered still arrives if the last item was end of input. */
    @Override
    void close();
}

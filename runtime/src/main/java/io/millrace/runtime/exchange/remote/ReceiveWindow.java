package io.millrace.runtime.exchange.remote;

/**
 * The credit of a channel at its reading end, in bytes since the channel began. Pure. {@code
 * received} belongs to the network thread, {@code consumed} and the window's size to the task;
 * {@code granted} is set by the task, before the peer hears of it, and read by the network thread.
 */
final class ReceiveWindow {
    private long windowBytes;
    private volatile long granted;
    private long received;
    private long consumed;

    ReceiveWindow(long windowBytes) {
        this.windowBytes = windowBytes;
        this.granted = windowBytes;
    }

    /** Counts what arrived; returns false if an item was begun without credit. */
    boolean onReceived(long bytes, boolean beginsItem) {
        if (beginsItem && received >= granted) {
            return false;
        }
        received += bytes;
        return true;
    }

    /**
     * The task wants no more than this on its way. What has been granted already stays granted, so
     * a smaller window begins when that is consumed.
     */
    void resize(long bytes) {
        windowBytes = bytes;
    }

    /**
     * Counts what the task took.
     *
     * @return the new total to grant, or 0 while less than half a window would be given back
     */
    long onConsumed(long bytes) {
        consumed += bytes;
        long grantable = consumed + windowBytes;
        if (grantable - granted < windowBytes / 2) {
            return 0;
        }
        granted = grantable;
        return grantable;
    }
}

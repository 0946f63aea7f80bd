package io.millrace.runtime.exchange.remote;

/**
 * The credit of a channel at its writing end, in bytes since the channel began. Pure. {@code sent}
 * belongs to the task; {@code granted} is set by the network thread and read by the task.
 *
 * <p>An item may begin while anything is granted, so at most one item goes beyond the window.
 */
final class SendWindow {
    private volatile long granted;
    private long sent;

    boolean isOpen() {
        return sent < granted;
    }

    void onSent(long bytes) {
        sent += bytes;
    }

    /**
     * @param total bytes granted since the channel began; a lower one than before changes nothing
     */
    void onGranted(long total) {
        if (total > granted) {
            granted = total;
        }
    }
}

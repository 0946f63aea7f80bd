package io.millrace.runtime.wire;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections of a server that have proven nothing yet, oldest first, up to a limit. An honest
 * peer is through in milliseconds, so when there are too many it is the oldest that goes.
 * Thread-safe.
 */
final class PendingHandshakes {
    private final int limit;
    private final Set<Channel> channels = new LinkedHashSet<>();

    PendingHandshakes(int limit) {
        this.limit = limit;
    }

    /** Returns the one that has to go, or null. */
    synchronized Channel add(Channel channel) {
        channels.add(channel);
        if (channels.size() <= limit) {
            return null;
        }
        Iterator<Channel> oldestFirst = channels.iterator();
        Channel oldest = oldestFirst.next();
        oldestFirst.remove();
        return oldest;
    }

    synchronized void remove(Channel channel) {
        channels.remove(channel);
    }
}

package io.millrace.runtime.wire;

import io.millrace.runtime.wire.HandshakeRefused.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs refused handshakes once per host and reason, then once a minute with a count, so that nobody
 * fills a disk by knocking. Thread-safe: network threads only, one short lock.
 */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long QUIET_NANOS = 60_000_000_000L;
    private static final int MAX_KEYS = 256;

    private final LongSupplier nanoClock;
    private final Map<String, Seen> seen =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
                    return size() > MAX_KEYS;
                }
            };

    private static final class Seen {
        long loggedAtNanos;
        long sinceThen;
    }

    RefusalLog(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Returns true if a line was logged. */
    boolean refused(String purpose, String host, Reason reason, String detail) {
        long now = nanoClock.getAsLong();
        long unlogged;
        synchronized (this) {
            Seen before = seen.get(host + '/' + reason);
            if (before != null && now - before.loggedAtNanos < QUIET_NANOS) {
                before.sinceThen++;
                return false;
            }
            Seen entry = before == null ? new Seen() : before;
            unlogged = entry.sinceThen;
            entry.loggedAtNanos = now;
            entry.sinceThen = 0;
            seen.put(host + '/' + reason, entry);
        }
        LOG.warn(
                "Refused a connection: port={} host={} reason={} detail=\"{}\""
                        + " more_since_last_line={}",
                purpose,
                host,
                reason,
                detail,
                unlogged);
        return true;
    }
}

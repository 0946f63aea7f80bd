package io.millrace.connector.file;

import io.millrace.api.metric.Counter;
import io.millrace.api.metric.ThreadSafeSimpleCounter;
import io.millrace.api.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the splits that were given to readers on a host with their bytes, and to others: the
 * metrics {@code localSplits} and {@code remoteSplits} of the enumerator. Splits that lie nowhere
 * in particular do not count, and without others there are no such metrics. Confined to the
 * enumerator's thread; the counts are read by any.
 */
final class SplitLocality {
    private static final Logger LOG = LoggerFactory.getLogger(SplitLocality.class);

    private final SplitEnumeratorContext<?> context;
    private Counter local; // both null before the first split
    private Counter remote;

    SplitLocality(SplitEnumeratorContext<?> context) {
        this.context = context;
    }

    /**
     * @param host of the reader; null if unknown
     */
    void onGiven(FileSourceSplit split, String host) {
        if (split.isAnywhere()) {
            return;
        }
        if (local == null) {
            local = context.metricGroup().counter("localSplits", new ThreadSafeSimpleCounter());
            remote = context.metricGroup().counter("remoteSplits", new ThreadSafeSimpleCounter());
        }
        (split.isOn(host) ? local : remote).inc();
    }

    /** Says what it has counted, if anything. */
    void tell() {
        if (local != null) {
            LOG.info(
                    "splits were given to readers local={} remote={}",
                    local.getCount(),
                    remote.getCount());
        }
    }
}

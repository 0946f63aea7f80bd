package io.millrace.api.operator;

import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.time.Watermark;

/** The timers of one operator on keyed streams. Confined to the task. */
public interface InternalTimeServiceManager<K> {
    /**
     * The timers of a name; made when they are asked for first.
     *
     * @param namespaceSerializer null where timers are never written
     * @param triggerable that of the first call stays
     */
    <N> InternalTimerService<N> getInternalTimerService(
            String name, TypeSerializer<N> namespaceSerializer, Triggerable<K, N> triggerable);

    /** Event time has come so far: what is due fires, the earliest first. */
    void advanceWatermark(Watermark watermark) throws Exception;
}

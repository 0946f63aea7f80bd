package io.millrace.api.source;

import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.metric.SourceReaderMetricGroup;
import io.millrace.api.option.Configuration;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;

/** What a reader may ask of its task. Confined to the task. */
public interface SourceReaderContext {
    /** The metrics of this reader. */
    SourceReaderMetricGroup metricGroup();

    Configuration getConfiguration();

    String getLocalHostName();

    int getIndexOfSubtask();

    /**
     * Asks the enumerator for a split; the answer is {@code addSplits} or {@code
     * notifyNoMoreSplits}.
     */
    void sendSplitRequest();

    void sendSourceEventToCoordinator(SourceEvent sourceEvent);

    UserCodeClassLoader getUserCodeClassLoader();

    int currentParallelism();

    /**
     * @param type null if it is to be found from the values
     */
    <T> ValueCodec<T> createValueCodec(TypeInformation<T> type);
}

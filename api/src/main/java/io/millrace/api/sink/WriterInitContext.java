package io.millrace.api.sink;

import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.time.ProcessingTimeService;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;

/** What a writer is given when it is made. */
public interface WriterInitContext extends InitContext {
    UserCodeClassLoader getUserCodeClassLoader();

    /** The clock of the task, and calls at a time of it. */
    ProcessingTimeService getProcessingTimeService();

    boolean isObjectReuseEnabled();

    /**
     * @param type null if it is to be found from the values
     */
    <T> ValueCodec<T> createValueCodec(TypeInformation<T> type);
}

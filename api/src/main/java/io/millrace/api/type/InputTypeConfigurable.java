package io.millrace.api.type;

import io.millrace.api.stream.ExecutionConfig;

/** Implemented by sink functions that want to know what they will be given. */
public interface InputTypeConfigurable {
    /**
     * Called once, while the graph is built.
     *
     * @param type of the records that come in; null if it is found from the records
     */
    void setInputType(TypeInformation<?> type, ExecutionConfig executionConfig);
}

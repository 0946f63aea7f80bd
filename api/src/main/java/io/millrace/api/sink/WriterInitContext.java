package io.millrace.api.sink;

import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;

/** What a writer is given when it is made. */
@SuppressWarnings("deprecation")
public interface WriterInitContext extends Sink.InitContext {
    /**
     * @param type null if it is to be found from the values
     */
    <T> ValueCodec<T> createValueCodec(TypeInformation<T> type);
}

package io.millrace.api.sink.async;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import java.io.Serializable;

/**
 * Makes what is sent from a record. Confined to the task of its writer.
 *
 * @param <InputT> the records
 * @param <RequestEntryT> what a request consists of
 */
@SuppressWarnings("deprecation")
public interface ElementConverter<InputT, RequestEntryT> extends Serializable {
    RequestEntryT apply(InputT element, SinkWriter.Context context);

    /** Called once, before the first record. */
    default void open(WriterInitContext context) {
        open((Sink.InitContext) context);
    }

    /**
     * The older form.
     *
     * @deprecated override {@link #open(WriterInitContext)}
     */
    @Deprecated
    default void open(Sink.InitContext context) {}
}

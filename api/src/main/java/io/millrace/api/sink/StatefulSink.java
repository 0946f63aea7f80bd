package io.millrace.api.sink;

import java.io.IOException;
import java.util.Collection;

/**
 * A sink whose writers have state, in the older form.
 *
 * @deprecated implement {@link SupportsWriterState}
 */
@Deprecated
public interface StatefulSink<InputT, WriterStateT>
        extends Sink<InputT>, SupportsWriterState<InputT, WriterStateT> {
    /** The older form; an own sink overrides this or the other one. */
    default StatefulSinkWriter<InputT, WriterStateT> restoreWriter(
            InitContext context, Collection<WriterStateT> recoveredState) throws IOException {
        throw new UnsupportedOperationException(
                getClass().getName()
                        + " restores no writers: a sink with state implements"
                        + " restoreWriter(WriterInitContext, Collection).");
    }

    @Override
    default StatefulSinkWriter<InputT, WriterStateT> restoreWriter(
            WriterInitContext context, Collection<WriterStateT> recoveredState) throws IOException {
        return restoreWriter((InitContext) context, recoveredState);
    }

    /** A writer with state. */
    interface StatefulSinkWriter<InputT, WriterStateT>
            extends io.millrace.api.sink.StatefulSinkWriter<InputT, WriterStateT> {}

    /** A sink that can also read what older ones have left. */
    interface WithCompatibleState extends SupportsWriterState.WithCompatibleState {}
}

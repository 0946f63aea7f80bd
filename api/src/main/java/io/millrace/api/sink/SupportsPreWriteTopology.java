package io.millrace.api.sink;

import io.millrace.api.stream.DataStream;

/** A sink that does something with the stream before its writers get the records. */
public interface SupportsPreWriteTopology<InputT> {
    /**
     * Called by {@link DataStream#sinkTo}, once for each stream that ends in the sink.
     *
     * @return what the writers get; operators of it should have a {@code uid}
     */
    DataStream<InputT> addPreWriteTopology(DataStream<InputT> inputDataStream);
}

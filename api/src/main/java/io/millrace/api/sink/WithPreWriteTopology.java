package io.millrace.api.sink;

/**
 * A sink that does something with the stream before its writers, in the older form.
 *
 * @deprecated implement {@link SupportsPreWriteTopology}
 */
@Deprecated
public interface WithPreWriteTopology<InputT>
        extends Sink<InputT>, SupportsPreWriteTopology<InputT> {}

package io.millrace.state.api;

/**
 * A savepoint that begins with nothing. Where the program is built; not thread-safe.
 *
 * @deprecated {@link SavepointWriter#newSavepoint} does it with streams
 */
@Deprecated
public class NewSavepoint extends WritableSavepoint<NewSavepoint> {
    NewSavepoint(SavepointWriter writer) {
        super(writer);
    }
}

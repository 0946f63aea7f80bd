package io.millrace.state.api;

/**
 * How the state of one operator is made of a data set. Immutable.
 *
 * @param <T> records
 * @deprecated {@link StateBootstrapTransformation} does it with streams
 */
@Deprecated
public class BootstrapTransformation<T> {
    private final StateBootstrapTransformation<T> onStreams;

    BootstrapTransformation(StateBootstrapTransformation<T> onStreams) {
        this.onStreams = onStreams;
    }

    StateBootstrapTransformation<T> onStreams() {
        return onStreams;
    }
}

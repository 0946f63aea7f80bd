package io.millrace.api.stream;

import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.type.TypeInformation;
import java.util.List;

/** A stream whose records go to every subtask, and the state that they make there. */
public class BroadcastStream<T> {
    private final DataStream<T> stream;
    private final List<MapStateDescriptor<?, ?>> descriptors;

    BroadcastStream(DataStream<T> stream, MapStateDescriptor<?, ?>... descriptors) {
        this.stream = stream;
        this.descriptors = List.of(descriptors);
    }

    /** Null if the type is found from the records. */
    public TypeInformation<T> getType() {
        return stream.getType();
    }

    /** The operator behind this stream, for code below it. */
    public Transformation<T> getTransformation() {
        return stream.getTransformation();
    }

    public StreamExecutionEnvironment getEnvironment() {
        return stream.environment;
    }

    public List<MapStateDescriptor<?, ?>> getBroadcastStateDescriptors() {
        return descriptors;
    }

    /**
     * The function as it is: what cannot be serialized is refused, with the operator's name, when
     * the program is executed.
     */
    public <F> F clean(F f) {
        return f;
    }

    DataStream<T> stream() {
        return stream;
    }
}

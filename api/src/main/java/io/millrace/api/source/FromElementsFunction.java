package io.millrace.api.source;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.operator.OutputTypeConfigurable;
import io.millrace.api.serialization.DataInputViewStreamWrapper;
import io.millrace.api.serialization.DataOutputViewStreamWrapper;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Emits the elements that it was made of, each once, also after a restart. Not parallel. Elements
 * that are given with a serializer travel by it; others must be serializable.
 *
 * @deprecated use {@code StreamExecutionEnvironment.fromData}
 */
@Deprecated
public class FromElementsFunction<T>
        implements SourceFunction<T>, CheckpointedFunction, OutputTypeConfigurable<T> {
    private static final long serialVersionUID = 1L;

    private final int numElements;
    private TypeSerializer<T> serializer; // null while the elements travel by themselves
    private byte[] written; // null like the serializer
    private List<T> elements; // null if there is a serializer

    /** Under the checkpoint lock. */
    private volatile int numElementsEmitted;

    private transient ListState<Integer> saved;

    /** Set by the thread that cancels, read by the one that runs. */
    private volatile boolean canceled;

    @SafeVarargs
    public FromElementsFunction(TypeSerializer<T> serializer, T... elements) throws IOException {
        this(serializer, Arrays.asList(elements));
    }

    public FromElementsFunction(TypeSerializer<T> serializer, Iterable<T> elements)
            throws IOException {
        this(elements);
        write(Objects.requireNonNull(serializer, "The serializer is null."));
    }

    @SafeVarargs
    public FromElementsFunction(T... elements) {
        this(Arrays.asList(elements));
    }

    public FromElementsFunction(Iterable<T> elements) {
        this.elements = new ArrayList<>();
        for (T element : elements) {
            this.elements.add(
                    Objects.requireNonNull(
                            element, "Element " + this.elements.size() + " is null."));
        }
        this.numElements = this.elements.size();
    }

    private void write(TypeSerializer<T> with) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputViewStreamWrapper out = new DataOutputViewStreamWrapper(bytes);
        for (T element : elements) {
            with.serialize(element, out);
        }
        out.flush();
        this.serializer = with;
        this.written = bytes.toByteArray();
        this.elements = null;
    }

    /**
     * The elements travel by the serializer of their type from now on.
     *
     * @throws IllegalArgumentException if the type's serializer cannot write them
     * @throws IllegalStateException if they travel by a serializer already
     */
    @Override
    public void setOutputType(TypeInformation<T> outTypeInfo, ExecutionConfig executionConfig) {
        if (elements == null) {
            throw new IllegalStateException(
                    "The elements have the serializer " + serializer + " already.");
        }
        try {
            write(outTypeInfo.createSerializer(executionConfig.getSerializerConfig()));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The elements cannot be written as " + outTypeInfo + ".", e);
        }
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        saved =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("emitted", Types.INT));
        for (Integer emitted : saved.get()) {
            numElementsEmitted = emitted;
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        saved.clear();
        saved.add(numElementsEmitted);
    }

    @Override
    public void run(SourceContext<T> ctx) throws Exception {
        List<T> all = elements == null ? read() : elements;
        while (!canceled && numElementsEmitted < numElements) {
            synchronized (ctx.getCheckpointLock()) {
                ctx.collect(all.get(numElementsEmitted));
                numElementsEmitted = numElementsEmitted + 1;
            }
        }
    }

    private List<T> read() throws IOException {
        DataInputViewStreamWrapper in =
                new DataInputViewStreamWrapper(new ByteArrayInputStream(written));
        List<T> read = new ArrayList<>(numElements);
        for (int i = 0; i < numElements; i++) {
            read.add(serializer.deserialize(in));
        }
        return read;
    }

    @Override
    public void cancel() {
        canceled = true;
    }

    /** How many elements there are. */
    public int getNumElements() {
        return numElements;
    }

    /** How many of them this one has emitted. */
    public int getNumElementsEmitted() {
        return numElementsEmitted;
    }

    /**
     * Looks whether all elements are of a class.
     *
     * @throws IllegalArgumentException if one is null or of another class; it says which
     */
    public static <OUT> void checkCollection(Collection<OUT> elements, Class<OUT> viewedAs) {
        int index = 0;
        for (OUT element : elements) {
            if (!viewedAs.isInstance(element)) {
                throw new IllegalArgumentException(
                        "Element "
                                + index
                                + " is "
                                + (element == null ? "null" : "a " + element.getClass().getName())
                                + ", not a "
                                + viewedAs.getName()
                                + ".");
            }
            index++;
        }
    }
}

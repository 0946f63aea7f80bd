package io.millrace.connector.datagen;

import io.millrace.api.source.IteratorSourceReaderBase;
import io.millrace.api.source.IteratorSourceSplit;
import io.millrace.api.source.SourceReaderContext;
import java.util.Iterator;

/** Emits what a function makes of the values of its splits. Confined to its task. */
public class GeneratingIteratorSourceReader<
                E, O, IterT extends Iterator<E>, SplitT extends IteratorSourceSplit<E, IterT>>
        extends IteratorSourceReaderBase<E, O, IterT, SplitT> {
    private final GeneratorFunction<E, O> generatorFunction;

    public GeneratingIteratorSourceReader(
            SourceReaderContext context, GeneratorFunction<E, O> generatorFunction) {
        super(context);
        this.generatorFunction = generatorFunction;
    }

    /** Opens the function, with whatever it throws as it is. */
    @Override
    protected void start(SourceReaderContext context) {
        try {
            generatorFunction.open(context);
        } catch (Exception e) {
            throw unchanged(e);
        }
    }

    @Override
    protected O convert(E value) {
        try {
            return generatorFunction.map(value);
        } catch (Exception e) {
            throw unchanged(e);
        }
    }

    // The caller wraps it with the operator's name; one more layer would hide the user's frames.
    @SuppressWarnings("unchecked")
    private static <X extends Exception> RuntimeException unchanged(Exception thrown) throws X {
        throw (X) thrown;
    }

    @Override
    public void close() throws Exception {
        generatorFunction.close();
        super.close();
    }
}

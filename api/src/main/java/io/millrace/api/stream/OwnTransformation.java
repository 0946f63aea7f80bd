package io.millrace.api.stream;

import io.millrace.api.operator.StreamOperatorFactory;
import io.millrace.api.stream.Draft.Branch;
import io.millrace.api.type.TypeInformation;
import java.util.List;

/**
 * An operator that a program may make itself, and that has its place in the program later. Not
 * thread-safe.
 */
abstract class OwnTransformation<T> extends PhysicalTransformation<T> {
    /** Null if the operator was in the graph before. */
    protected final StreamOperatorFactory<T> operatorFactory;

    /** Of an operator that is in the graph. */
    OwnTransformation(Draft draft) {
        super(draft);
        this.operatorFactory = null;
    }

    OwnTransformation(
            String name,
            StreamOperatorFactory<T> operatorFactory,
            TypeInformation<T> outputType,
            int parallelism,
            boolean parallelismConfigured) {
        super(new Draft(name, outputType));
        this.operatorFactory = operatorFactory;
        setParallelism(parallelism, parallelismConfigured);
        setChainingStrategy(operatorFactory.getChainingStrategy());
    }

    /** Gives the operator its place in a program. Once. */
    abstract void complete(int id);

    /**
     * @throws IllegalStateException if it is in a program already
     */
    final void requireOutside() {
        if (draft().isComplete()) {
            throw new IllegalStateException(
                    "'" + getName() + "' is in the program already. Change it before.");
        }
    }

    public StreamOperatorFactory<T> getOperatorFactory() {
        return operatorFactory;
    }

    @Override
    List<Branch> branches() {
        return List.of(Branch.of(draft()));
    }
}

package io.millrace.api.dataset;

import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.type.TypeHint;
import io.millrace.api.type.TypeInformation;

/**
 * A data set that an operator makes, which has a name and a parallelism of its own. Not
 * thread-safe.
 *
 * @param <OUT> records
 * @param <O> the class itself
 */
public abstract class Operator<OUT, O extends Operator<OUT, O>> extends DataSet<OUT> {
    private final SingleOutputStreamOperator<OUT> operator;

    Operator(ExecutionEnvironment env, SingleOutputStreamOperator<OUT> operator) {
        super(env, operator);
        this.operator = operator;
    }

    public String getName() {
        return operator.getName();
    }

    public int getParallelism() {
        return operator.getParallelism();
    }

    /** Null if the type is erased and will be found from the records. */
    public TypeInformation<OUT> getResultType() {
        return getType();
    }

    public O name(String newName) {
        operator.name(newName);
        return self();
    }

    public O setParallelism(int parallelism) {
        operator.setParallelism(parallelism);
        return self();
    }

    /** Says the type of the records, where a lambda does not tell it. */
    public O returns(TypeInformation<OUT> typeInfo) {
        operator.returns(typeInfo);
        return self();
    }

    public O returns(TypeHint<OUT> typeHint) {
        operator.returns(typeHint);
        return self();
    }

    public O returns(Class<OUT> typeClass) {
        operator.returns(typeClass);
        return self();
    }

    @SuppressWarnings("unchecked")
    private O self() {
        return (O) this;
    }
}

package io.millrace.api.operator;

import io.millrace.api.checkpoint.FunctionState;
import io.millrace.api.checkpoint.StateInitializationContext;
import io.millrace.api.checkpoint.StateSnapshotContext;
import io.millrace.api.function.DefaultOpenContext;
import io.millrace.api.function.Function;
import io.millrace.api.function.RichFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.sink.SinkFunction;
import io.millrace.api.state.OperatorStateStore;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.type.TypeInformation;
import java.util.Objects;

/** An operator that calls a function of the program, and opens and closes it with itself. */
@SuppressWarnings("deprecation") // sink functions finish too
public abstract class AbstractUdfStreamOperator<OUT, F extends Function>
        extends AbstractStreamOperator<OUT> implements OutputTypeConfigurable<OUT> {
    private static final long serialVersionUID = 1L;

    protected final F userFunction;

    /** Null until states are asked for. */
    private transient OperatorStateStore operatorStates;

    public AbstractUdfStreamOperator(F userFunction) {
        this.userFunction = Objects.requireNonNull(userFunction, "userFunction");
    }

    protected AbstractUdfStreamOperator(StreamOperatorParameters<OUT> parameters, F userFunction) {
        this(parameters, userFunction, OutputAdjustment.noAdjustment());
    }

    protected AbstractUdfStreamOperator(
            StreamOperatorParameters<OUT> parameters,
            F userFunction,
            OutputAdjustment<OUT> outputAdjustment) {
        super(parameters, outputAdjustment);
        this.userFunction = Objects.requireNonNull(userFunction, "userFunction");
        if (parameters != null) {
            giveContext();
        }
    }

    public F getUserFunction() {
        return userFunction;
    }

    @Override
    public void setup(
            StreamTask<?, ?> containingTask,
            StreamConfig config,
            Output<StreamRecord<OUT>> output) {
        super.setup(containingTask, config, output);
        if (userFunction != null) {
            giveContext();
        }
    }

    private void giveContext() {
        if (userFunction instanceof RichFunction rich) {
            rich.setRuntimeContext(getRuntimeContext());
        }
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        operatorStates = context.getOperatorStateStore();
        FunctionState.initialize(userFunction, context);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        FunctionState.snapshot(userFunction, context, operatorStates);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        FunctionState.notifyComplete(userFunction, checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        super.notifyCheckpointAborted(checkpointId);
        FunctionState.notifyAborted(userFunction, checkpointId);
    }

    @Override
    public void open() throws Exception {
        super.open();
        if (userFunction instanceof RichFunction rich) {
            rich.open(DefaultOpenContext.INSTANCE);
        }
    }

    @Override
    public void finish() throws Exception {
        super.finish();
        if (userFunction instanceof SinkFunction<?> sink) {
            sink.finish();
        }
    }

    @Override
    public void close() throws Exception {
        super.close();
        if (userFunction instanceof RichFunction rich) {
            rich.close();
        }
    }

    /** Passed on to a function that wants to know it. */
    @Override
    @SuppressWarnings("unchecked") // a function of this operator makes its records
    public void setOutputType(TypeInformation<OUT> outTypeInfo, ExecutionConfig executionConfig) {
        if (userFunction instanceof OutputTypeConfigurable<?>) {
            ((OutputTypeConfigurable<OUT>) userFunction)
                    .setOutputType(outTypeInfo, executionConfig);
        }
    }

    /** Empty: a function has its parameters in its own fields. */
    public Configuration getUserFunctionParameters() {
        return new Configuration();
    }
}

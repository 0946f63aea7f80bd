package io.millrace.api.operator;

import java.util.List;

/** An operator of any number of streams. */
public interface MultipleInputStreamOperator<OUT> extends StreamOperator<OUT> {
    /** As many as there are streams, in their order; asked for once, after the operator is made. */
    @SuppressWarnings("rawtypes") // as programs know it
    List<Input> getInputs();
}

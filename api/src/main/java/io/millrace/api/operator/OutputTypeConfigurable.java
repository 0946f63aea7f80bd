package io.millrace.api.operator;

import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.type.TypeInformation;

/** An operator or function that wants to know the type of the records that it emits. */
public interface OutputTypeConfigurable<OUT> {
    /** Called while the program is made ready, before the operator travels; perhaps repeatedly. */
    void setOutputType(TypeInformation<OUT> outTypeInfo, ExecutionConfig executionConfig);
}

package io.millrace.state.api;

import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.TypeInformation;

/**
 * Programs that are drawn and never run, to see which operator the engine would make of them. Pure.
 */
final class Drawing {
    private Drawing() {}

    /**
     * A stream in an environment of its own.
     *
     * @param type null if it is to be found from the records
     */
    static <T> DataStream<T> streamOf(TypeInformation<T> type) {
        SingleOutputStreamOperator<T> stream =
                StreamExecutionEnvironment.createLocalEnvironment(1)
                        .fromSequence(0, 0)
                        .map(number -> (T) null);
        return type == null ? stream : stream.returns(type);
    }
}

package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.stream.Draft.Branch;
import java.util.List;

/**
 * A stream that records come back to. There are none: {@link DataStream#iterate} says what to do
 * instead, so nobody ever holds one.
 *
 * @deprecated records that come back are not part of checkpoints, and would be lost in a restart
 */
@Deprecated
public class IterativeStream<T> extends SingleOutputStreamOperator<T> {
    private IterativeStream(StreamExecutionEnvironment environment, Draft draft) {
        super(environment, draft);
    }

    /**
     * @throws MillraceException always, as {@link DataStream#iterate}
     */
    public DataStream<T> closeWith(DataStream<T> feedbackStream) {
        throw refused(feedbackStream.branches);
    }

    static MillraceException refused(List<Branch> branches) {
        return new MillraceException(
                ErrorCode.PROGRAM_INVALID,
                "iterate() on the stream of '"
                        + branches.get(0).source().name
                        + "': records cannot come back to an operator before, since those on their"
                        + " way back would be in no checkpoint. Keep what a record needs in state and"
                        + " a timer that goes on with it, loop within the function, or write records"
                        + " to a topic or directory that the program also reads.");
    }
}

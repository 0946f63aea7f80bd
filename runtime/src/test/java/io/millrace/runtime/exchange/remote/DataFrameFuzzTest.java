package io.millrace.runtime.exchange.remote;

import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.remote.DataFrame.Fetch;
import io.millrace.runtime.exchange.remote.DataFrame.Identity;
import io.millrace.runtime.exchange.remote.DataFrame.Kind;
import io.millrace.runtime.exchange.remote.DataFrame.Subscription;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.testing.Fuzz;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DataFrameFuzzTest {
    private static final Subscription SUBSCRIPTION =
            new Subscription(
                    new ChannelId(new JobId("0123456789abcdef".repeat(2)), 7, 1, 2, 3), 524_288);

    private static final Fetch FETCH =
            new Fetch(new ResultId(new JobId("0123456789abcdef".repeat(2)), 7, 1, 2), 3, 4, 5, 6);

    /** As the two ends of a connection look at a frame. */
    private static void read(byte[] frame) {
        Kind kind = DataFrame.kind(frame);
        DataFrame.channel(frame);
        switch (kind) {
            case IDENTIFY -> DataFrame.identity(frame);
            case SUBSCRIBE -> DataFrame.subscription(frame);
            case CREDIT -> DataFrame.creditTotal(frame);
            case WATERMARK -> DataFrame.body(frame).readLong();
            case BARRIER -> DataFrame.barrier(frame);
            case REFUSED, RANGE_LOST -> DataFrame.reason(frame);
            case FETCH -> DataFrame.fetch(frame);
            case CANCEL, CHUNK_PART, CHUNK, IDLE, ACTIVE, END, ABORT, RANGE_PART ->
                    DataFrame.body(frame);
        }
    }

    @Test
    void damagedFramesGiveNamedErrors() {
        for (byte[] frame :
                List.of(
                        DataFrame.identify(new Identity("worker-1", "worker-2")),
                        DataFrame.subscribe(3, SUBSCRIPTION),
                        DataFrame.credit(3, 1L << 40),
                        DataFrame.refused(3, "an older attempt"),
                        DataFrame.fetch(3, FETCH),
                        DataFrame.rangeLost(3, "it was dropped"),
                        DataFrame.bare(Kind.END, 3))) {
            new Fuzz().attack(frame, DataFrameFuzzTest::read, CorruptDataException.class);
        }
    }
}

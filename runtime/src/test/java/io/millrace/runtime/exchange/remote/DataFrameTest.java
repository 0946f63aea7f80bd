package io.millrace.runtime.exchange.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.SnapshotPurpose;
import io.millrace.runtime.chunk.ControlEvent.Barrier;
import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.remote.DataFrame.Fetch;
import io.millrace.runtime.exchange.remote.DataFrame.Identity;
import io.millrace.runtime.exchange.remote.DataFrame.Kind;
import io.millrace.runtime.exchange.remote.DataFrame.Subscription;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DataFrameTest {
    private static final Subscription SUBSCRIPTION =
            new Subscription(
                    new ChannelId(new JobId("0123456789abcdef".repeat(2)), 7, 1, 2, 3), 524_288);

    @Test
    void framesComeBackAsTheyWere() {
        byte[] subscribe = DataFrame.subscribe(99, SUBSCRIPTION);
        assertThat(DataFrame.kind(subscribe)).isEqualTo(Kind.SUBSCRIBE);
        assertThat(DataFrame.channel(subscribe)).isEqualTo(99);
        assertThat(DataFrame.subscription(subscribe)).isEqualTo(SUBSCRIPTION);

        Identity identity = new Identity("w-1", "w-2");
        assertThat(DataFrame.identity(DataFrame.identify(identity))).isEqualTo(identity);
        assertThat(DataFrame.creditTotal(DataFrame.credit(1, Long.MAX_VALUE)))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(DataFrame.reason(DataFrame.refused(1, "why"))).isEqualTo("why");
    }

    @Test
    void aRequestForARangeComesBackAsItWas() {
        Fetch fetch = new Fetch(new ResultId(new JobId("ab".repeat(16)), 7, 1, 2), 3, 4, 5, 6);

        byte[] frame = DataFrame.fetch(258, fetch);

        assertThat(DataFrame.kind(frame)).isEqualTo(Kind.FETCH);
        assertThat(DataFrame.channel(frame)).isEqualTo(258);
        assertThat(DataFrame.fetch(frame)).isEqualTo(fetch);
        assertThat(DataFrame.reason(DataFrame.rangeLost(1, "why"))).isEqualTo("why");
    }

    @Test
    void theLayoutIsPinned() {
        assertThat(HexFormat.of().formatHex(DataFrame.credit(258, 1)))
                .isEqualTo("02" + "02010000" + "0100000000000000");
        assertThat(HexFormat.of().formatHex(DataFrame.bare(Kind.ABORT, 1)))
                .isEqualTo("09" + "01000000");
    }

    @Test
    void aBarrierComesBackAsItWas() {
        Barrier barrier = new Barrier(7, 1_000, CheckpointKind.FULL, SnapshotPurpose.DRAIN);
        BinaryWriter out = new BinaryWriter(32);
        DataFrame.barrier(out, 258, barrier);

        byte[] frame = out.toByteArray();
        assertThat(HexFormat.of().formatHex(frame))
                .isEqualTo("0b" + "02010000" + "0700000000000000" + "e803000000000000" + "0103");
        assertThat(DataFrame.barrier(frame)).isEqualTo(barrier);
        frame[frame.length - 1] = 4;
        assertThatThrownBy(() -> DataFrame.barrier(frame))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("checkpoint 7");
        frame[frame.length - 2] = 2;
        assertThatThrownBy(() -> DataFrame.barrier(frame))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("checkpoint 7");
    }

    @Test
    void refusesFramesThatAreTooShortOrOfNoKind() {
        assertThatThrownBy(() -> DataFrame.kind(new byte[4]))
                .isInstanceOf(CorruptDataException.class);
        assertThatThrownBy(
                        () ->
                                DataFrame.kind(
                                        new byte[] {
                                            (byte) DataFrame.Kind.values().length, 0, 0, 0, 0
                                        }))
                .isInstanceOf(CorruptDataException.class);
        assertThatThrownBy(() -> DataFrame.kind(new byte[] {-1, 0, 0, 0, 0}))
                .isInstanceOf(CorruptDataException.class);
        byte[] torn = java.util.Arrays.copyOf(DataFrame.subscribe(1, SUBSCRIPTION), 30);
        assertThatThrownBy(() -> DataFrame.subscription(torn))
                .isInstanceOf(CorruptDataException.class);
    }
}

package io.millrace.coordinator.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.coordinator.blocklist.Blocklist;
import io.millrace.coordinator.blocklist.BlocklistSettings;
import io.millrace.coordinator.resource.WorkerPool.Check;
import io.millrace.coordinator.resource.WorkerPool.Idle;
import io.millrace.runtime.message.NodeService;
import io.millrace.runtime.message.ToCoordinator.RegisterWorker;
import io.millrace.runtime.message.WorkerAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {
    private static final long EPOCH = 7;

    private static final NodeService SERVICE = new NodeService("host:45454", "host", 13_562);

    private static final BlocklistSettings BLOCKS = new BlocklistSettings(true, 3, 60_000, 60_000);

    private final WorkerPool pool = new WorkerPool(1_000, 5_000, new Blocklist(BLOCKS));

    private static RegisterWorker worker(String id, int slots, long epoch) {
        return new RegisterWorker(new WorkerAddress(id, "host", 1), slots, 1, 1, epoch);
    }

    private void register(String id, int slots, long nowMs) {
        assertThat(pool.register(worker(id, slots, 0), EPOCH, false, nowMs)).isEmpty();
        pool.firstCheckMs(id, nowMs);
    }

    @Test
    void countsSlots() {
        register("a", 2, 0);
        register("b", 1, 0);
        pool.occupy("a");
        assertThat(pool.freeSlots()).isEqualTo(2);
        assertThat(pool.slots()).isEqualTo(3);
        pool.vacate("a", 10);
        assertThat(pool.freeSlots()).isEqualTo(3);
    }

    @Test
    void neverGivesOneSlotTwice() {
        register("a", 1, 0);
        pool.occupy("a");
        assertThatThrownBy(() -> pool.occupy("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesAWorkerOfThisEpochThatItDoesNotKnow() {
        assertThat(pool.register(worker("a", 1, EPOCH), EPOCH, false, 0))
                .hasValueSatisfying(reason -> assertThat(reason).contains("was given up"));
        assertThat(pool.contains("a")).isFalse();
    }

    @Test
    void refusesAWorkerOfAnEarlierLeader() {
        assertThat(pool.register(worker("a", 1, 3), EPOCH, false, 0))
                .hasValueSatisfying(reason -> assertThat(reason).contains("epoch 3"));
    }

    @Test
    void takesAWorkerOfAnEarlierLeaderThatIsExpected() {
        assertThat(pool.register(worker("a", 1, 3), EPOCH, true, 0)).isEmpty();
        assertThat(pool.freeSlots()).isEqualTo(1);
    }

    @Test
    void refusesAWorkerWithoutSlots() {
        assertThat(pool.register(worker("a", 0, 0), EPOCH, false, 0)).isPresent();
    }

    @Test
    void aSilentWorkerIsFoundWhenItsTimeIsOver() {
        register("a", 1, 0);
        pool.heard("a", 2_000);
        assertThat(pool.check("a", 5_000)).isEqualTo(new Check.Again(2_000));
        assertThat(pool.check("a", 7_000)).isEqualTo(new Check.Silent(5_000));
    }

    @Test
    void aCheckThatComesFarTooLateBlamesNoWorker() {
        register("a", 1, 0);
        assertThat(pool.check("a", 35_000)).isEqualTo(new Check.Again(5_000));
        assertThat(pool.check("a", 40_000)).isEqualTo(new Check.Silent(5_000));
    }

    @Test
    void idleMeansUnusedForLong() {
        register("a", 1, 0);
        register("b", 1, 0);
        pool.occupy("a");
        assertThat(pool.idle(1_000, 3_000, id -> false)).isEqualTo(new Idle(List.of(), 3_000));
        assertThat(pool.idle(3_000, 3_000, id -> false).tooLong()).containsExactly("b");
        pool.vacate("a", 4_000);
        pool.remove("b");
        assertThat(pool.idle(6_999, 3_000, id -> false).tooLong()).isEmpty();
        assertThat(pool.idle(7_000, 3_000, id -> false).tooLong()).containsExactly("a");
    }

    @Test
    void aWorkerThatIsHeldIsNeverIdle() {
        register("a", 1, 0);
        assertThat(pool.idle(9_000, 3_000, "a"::equals))
                .isEqualTo(new Idle(List.of(), Long.MAX_VALUE));
    }

    @Test
    void aServiceIsToldBeforeItsWorkerRegistersAndForgottenWithIt() {
        pool.services().serves("a", SERVICE);
        register("a", 1, 0);
        assertThat(pool.services().of("a")).isEqualTo(SERVICE);
        assertThat(pool.workerAt(SERVICE)).hasValue("a");
        pool.remove("a");
        assertThat(pool.services().of("a")).isNull();
        assertThat(pool.workerAt(SERVICE)).isEmpty();
    }

    @Test
    void aServiceThatFailsTwiceIsNotBelievedAnyMore() {
        pool.services().serves("a", SERVICE);
        pool.services().onUnreadable(SERVICE);
        assertThat(pool.services().of("a")).isEqualTo(SERVICE);
        pool.services().onUnreadable(SERVICE);
        assertThat(pool.services().of("a")).isNull();
        pool.services().serves("b", SERVICE);
        assertThat(pool.services().of("b")).as("of another worker there").isNull();
    }

    @Test
    void slotsOfAWorkerThatLeftNeedNotBeGivenBack() {
        register("a", 1, 0);
        pool.occupy("a");
        assertThat(pool.remove("a")).isTrue();
        assertThat(pool.remove("a")).isFalse();
        pool.vacate("a", 1);
        assertThat(pool.freeSlots()).isZero();
    }
}

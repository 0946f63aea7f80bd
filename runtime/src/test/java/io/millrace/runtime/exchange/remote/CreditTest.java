package io.millrace.runtime.exchange.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The two windows of a channel with the network between them as two queues: every interleaving of a
 * small world, and random ones of a larger.
 */
class CreditTest {
    /** One channel: the sender's items, the network both ways, the receiver's queue. */
    private static final class World {
        final SendWindow sender = new SendWindow();
        final ReceiveWindow receiver;
        final int[] items;
        final long window;
        final Deque<Integer> data = new ArrayDeque<>();
        final Deque<Long> credit = new ArrayDeque<>();
        final Deque<Integer> queue = new ArrayDeque<>();
        final List<Integer> consumed = new ArrayList<>();
        int sent;

        World(long window, int... items) {
            this.window = window;
            this.items = items;
            this.receiver = new ReceiveWindow(window);
            credit.add(window); // the subscription
        }

        boolean step(int action) {
            switch (action) {
                case 0 -> {
                    if (sent == items.length || !sender.isOpen()) {
                        return false;
                    }
                    sender.onSent(items[sent]);
                    data.add(sent++);
                }
                case 1 -> {
                    if (data.isEmpty()) {
                        return false;
                    }
                    int item = data.remove();
                    assertThat(receiver.onReceived(items[item], true))
                            .as("an honest sender is never refused")
                            .isTrue();
                    queue.add(item);
                }
                case 2 -> {
                    if (queue.isEmpty()) {
                        return false;
                    }
                    int item = queue.remove();
                    consumed.add(item);
                    long total = receiver.onConsumed(items[item]);
                    if (total != 0) {
                        credit.add(total);
                    }
                }
                case 3 -> {
                    if (credit.isEmpty()) {
                        return false;
                    }
                    sender.onGranted(credit.remove());
                }
                default -> throw new IllegalArgumentException();
            }
            checkBound();
            return true;
        }

        private void checkBound() {
            long unread = 0;
            int largest = 0;
            for (int item = consumed.size(); item < sent; item++) {
                unread += items[item];
                largest = Math.max(largest, items[item]);
            }
            assertThat(unread).as("bytes on the way").isLessThan(window + largest);
        }

        boolean isDone() {
            return consumed.size() == items.length;
        }

        void checkDelivery() {
            for (int i = 0; i < consumed.size(); i++) {
                assertThat(consumed.get(i)).isEqualTo(i);
            }
        }
    }

    private static World replay(List<Integer> actions) {
        World world = new World(10, 4, 3, 1, 12, 2, 2, 2, 2, 1, 15, 3, 3);
        for (int action : actions) {
            assertThat(world.step(action)).isTrue();
        }
        return world;
    }

    @Test
    void everyInterleavingDeliversAllInOrderWithinTheBound() {
        // Depth first over all schedules; states that differ only in their history are visited
        // once.
        Deque<List<Integer>> open = new ArrayDeque<>();
        java.util.Set<String> visited = new java.util.HashSet<>();
        open.push(List.of());
        int ends = 0;
        while (!open.isEmpty()) {
            List<Integer> path = open.pop();
            boolean moved = false;
            for (int action = 0; action < 4; action++) {
                World world = replay(path);
                if (!world.step(action)) {
                    continue;
                }
                moved = true;
                if (visited.add(state(world))) {
                    List<Integer> longer = new ArrayList<>(path);
                    longer.add(action);
                    open.push(longer);
                }
            }
            if (!moved) {
                World end = replay(path);
                assertThat(end.isDone()).as("stuck after %s", path).isTrue();
                end.checkDelivery();
                ends++;
            }
        }
        assertThat(ends).isPositive();
        assertThat(visited.size()).isGreaterThan(50);
    }

    private static String state(World world) {
        return world.sent
                + "/"
                + world.data.size()
                + "/"
                + world.queue.size()
                + "/"
                + world.consumed.size()
                + "/"
                + world.credit
                + "/"
                + world.sender.isOpen();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void randomSchedulesDeliverAllInOrderWithinTheBound(long seed) {
        Random random = new Random(seed);
        int[] items = random.ints(2_000, 1, 400).toArray();
        World world = new World(1 + random.nextInt(1_000), items);
        int idle = 0;
        while (!world.isDone()) {
            idle = world.step(random.nextInt(4)) ? 0 : idle + 1;
            assertThat(idle).as("steps without movement, seed %s", seed).isLessThan(1_000);
        }
        world.checkDelivery();
    }

    @Test
    void refusesAnItemBegunWithoutCreditButNotTheRestOfOne() {
        ReceiveWindow window = new ReceiveWindow(10);

        assertThat(window.onReceived(10, true)).isTrue();
        assertThat(window.onReceived(500, false)).isTrue();
        assertThat(window.onReceived(1, true)).isFalse();
        assertThat(window.onConsumed(510)).isEqualTo(520);
        assertThat(window.onReceived(1, true)).isTrue();
    }

    @Test
    void creditThatArrivesTwiceOrLateGrantsNothingMore() {
        SendWindow window = new SendWindow();
        window.onGranted(20);
        window.onGranted(10);
        window.onSent(20);

        assertThat(window.isOpen()).isFalse();
    }
}

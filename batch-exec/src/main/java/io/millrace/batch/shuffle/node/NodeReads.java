package io.millrace.batch.shuffle.node;

import io.millrace.runtime.exchange.stored.RangeBytes;
import io.millrace.runtime.exchange.stored.StoredExchange;
import io.millrace.runtime.message.NodeService;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The ranges that the readers of one edge of one task get from shuffle services. Thread-safe: all
 * that its ranges and requests share is guarded by this.
 */
/* A request brings several ranges, one after the other, since the next bytes are those of its current range
 * and nothing else; so only ranges may be together that one task polls at the same time. That is why there
 * is one of these for each edge and task: a task that must read one input first would else wait for a range
 * of its other input, which it does not poll.
 *
 * At first each range has a request of its own. While two are under way at a service, further ranges wait
 * and go together into the next: many small ones need few requests, and large ones are not delayed.
 */
public final class NodeReads {
    private static final int MOST_REQUESTS = 2;
    private static final int MOST_RANGES = 20;
    // The service reads lines of at most 4096 bytes.
    private static final int MOST_NAMES_CHARS = 3_500;

    private final NodeClient client;
    private final Map<Place, Lane> lanes = new HashMap<>();

    /** Ranges that one request may bring. */
    private record Place(NodeService service, int range) {}

    /** What is under way at a place, and what waits. Guarded by this. */
    private static final class Lane {
        final ArrayDeque<NodeRange> waiting = new ArrayDeque<>();
        int requests;
    }

    NodeReads(NodeClient client) {
        this.client = client;
    }

    /**
     * Asks the result's node for a slice, which must not be empty.
     *
     * @param windowBytes that wait here at most, and one buffer
     * @param onBytes run after a poll that gave null when there are bytes, or the result is lost
     * @param elsewhere asks the worker that wrote it, which may be there, if the node has failed
     */
    public RangeBytes open(
            StoredExchange.Input input,
            long windowBytes,
            Runnable onBytes,
            Supplier<RangeBytes> elsewhere) {
        NodeRange opened = new NodeRange(this, input, windowBytes, onBytes, elsewhere);
        ask(opened);
        return opened;
    }

    /** Asks for the range that is next. */
    void ask(NodeRange opened) {
        Place place;
        synchronized (this) {
            place = new Place(opened.service(), opened.range());
            lane(place).waiting.add(opened);
        }
        go(place);
    }

    NodeClient client() {
        return client;
    }

    private Lane lane(Place place) {
        return lanes.computeIfAbsent(place, unused -> new Lane());
    }

    private static Place placeOf(NodeRequest request) {
        return new Place(request.service(), request.range());
    }

    /** Sends the next request to a place, if there is one to send. */
    private void go(Place place) {
        NodeRequest next;
        synchronized (this) {
            Lane lane = lane(place);
            if (lane.requests >= MOST_REQUESTS) {
                return;
            }
            List<NodeRange> together = takeTogether(lane);
            if (together.isEmpty()) {
                return;
            }
            lane.requests++;
            next = new NodeRequest(this, place.service(), place.range(), together, 1);
        }
        next.send();
    }

    private static List<NodeRange> takeTogether(Lane lane) {
        List<NodeRange> together = new ArrayList<>();
        int chars = 0;
        while (together.size() < MOST_RANGES && !lane.waiting.isEmpty()) {
            NodeRange next = lane.waiting.peek();
            chars += next.name().length() + 1;
            if (chars > MOST_NAMES_CHARS && !together.isEmpty()) {
                break;
            }
            lane.waiting.remove();
            if (!next.isClosed()) {
                together.add(next);
            }
        }
        return together;
    }

    /** A request has brought all of its ranges, or nobody wants them any more. */
    void onEnded(NodeRequest request) {
        Place place = placeOf(request);
        synchronized (this) {
            lane(place).requests--;
        }
        go(place);
    }

    /**
     * A request has failed. What it has not brought is asked for again, alone if the service has
     * refused: another range may be the reason.
     *
     * @param refused whether the service answered so, and not the network failed
     */
    void onFailed(NodeRequest request, String what, Throwable cause, boolean refused) {
        List<NodeRange> missing = request.missing();
        NodeClient.Patience patience = client.patience();
        boolean hopeless = request.attempt() >= (refused ? 2 : patience.attempts());
        if (missing.isEmpty() || hopeless) {
            missing.forEach(range -> range.onNodeFailed(what, cause));
            onEnded(request);
            return;
        }
        Duration pause = patience.firstPause().multipliedBy(1L << (request.attempt() - 1));
        List<NodeRequest> again = new ArrayList<>();
        synchronized (this) {
            if (refused) {
                missing.forEach(range -> again.add(request.again(List.of(range))));
            } else {
                again.add(request.again(missing));
            }
            lane(placeOf(request)).requests += again.size() - 1;
        }
        client.after(pause, () -> again.forEach(NodeRequest::send));
    }
}

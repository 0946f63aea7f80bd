package io.millrace.coordinator.resource;

import io.millrace.coordinator.blocklist.Blocklist;
import io.millrace.coordinator.schedule.SlotAssignment.Offer;
import io.millrace.runtime.message.NodeService;
import io.millrace.runtime.message.ToCoordinator.RegisterWorker;
import io.millrace.runtime.message.WorkerAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The registered workers, their slots, and when they were last heard of. Confined to the
 * coordinator's thread.
 *
 * <p>A worker is in the pool from its registration until it is lost or released, and does not come
 * back: a process that was given up once might still run what others run by now.
 */
public final class WorkerPool {
    /** So many workers in a row that end before they register mean that none will come. */
    static final int STILLBORN_LIMIT = 10;

    /** Ended workers that are remembered, since their end may be told twice. */
    private static final int REMEMBERED = 1_000;

    private final long heartbeatIntervalMs;
    private final long heartbeatTimeoutMs;
    private final Map<String, Worker> workers = new LinkedHashMap<>();
    private final NodeServices services = new NodeServices();
    private final Blocklist blocklist;
    private final Set<String> ended = new LinkedHashSet<>();
    private int stillborn;
    private String lastStillborn = "";

    public WorkerPool(long heartbeatIntervalMs, long heartbeatTimeoutMs, Blocklist blocklist) {
        this.blocklist = blocklist;
        this.heartbeatIntervalMs = heartbeatIntervalMs;
        this.heartbeatTimeoutMs = heartbeatTimeoutMs;
    }

    /** A worker and its slots. */
    private static final class Worker {
        final WorkerAddress address;
        final int slots;
        int used;
        long heardMs;
        long checkDueMs;
        long idleSinceMs;

        Worker(WorkerAddress address, int slots, long nowMs) {
            this.address = address;
            this.slots = slots;
            this.heardMs = nowMs;
            this.idleSinceMs = nowMs;
        }
    }

    /** What a pool shows of a worker. */
    public record Member(WorkerAddress address, int slots, int freeSlots) {}

    /** What follows when a worker's heartbeat timer fires. A closed family of values. */
    public sealed interface Check {
        /** Look again after this long. */
        record Again(long delayMs) implements Check {}

        /** The worker has been silent for too long. */
        record Silent(long silentMs) implements Check {}
    }

    /**
     * Takes a worker in.
     *
     * @param epoch of this leader
     * @param expected whether it may come back that served an earlier leader: its tasks have ended
     * @return empty if the worker is in, else why it is not wanted
     */
    public Optional<String> register(
            RegisterWorker registration, long epoch, boolean expected, long nowMs) {
        String id = registration.address().workerId();
        if (registration.epoch() == epoch) {
            return Optional.of(
                    "worker "
                            + id
                            + " was given up in this epoch; its tasks run elsewhere. It ends, and a"
                            + " new process takes its place.");
        }
        if (registration.epoch() != 0 && !expected) {
            return Optional.of(
                    "worker "
                            + id
                            + " served the leader of epoch "
                            + registration.epoch()
                            + "; this is epoch "
                            + epoch
                            + ", which needs nothing of what it has.");
        }
        if (registration.slots() < 1) {
            return Optional.of("worker " + id + " has " + registration.slots() + " slots.");
        }
        workers.put(id, new Worker(registration.address(), registration.slots(), nowMs));
        stillborn = 0;
        return Optional.empty();
    }

    public boolean contains(String workerId) {
        return workers.containsKey(workerId);
    }

    /** Notes that a registered worker spoke. */
    public void heard(String workerId, long nowMs) {
        workers.get(workerId).heardMs = nowMs;
    }

    /** The delay until the first check of a worker that has just registered. */
    public long firstCheckMs(String workerId, long nowMs) {
        workers.get(workerId).checkDueMs = nowMs + heartbeatTimeoutMs;
        return heartbeatTimeoutMs;
    }

    /**
     * Looks whether a registered worker has been silent for too long. A check that comes much later
     * than it should shows that this process stood still, and its messages wait in the queue
     * behind: then every worker gets its time again.
     */
    public Check check(String workerId, long nowMs) {
        Worker worker = workers.get(workerId);
        if (nowMs - worker.checkDueMs > heartbeatIntervalMs) {
            worker.heardMs = nowMs;
        }
        long silentMs = nowMs - worker.heardMs;
        if (silentMs >= heartbeatTimeoutMs) {
            return new Check.Silent(silentMs);
        }
        worker.checkDueMs = worker.heardMs + heartbeatTimeoutMs;
        return new Check.Again(heartbeatTimeoutMs - silentMs);
    }

    /** Takes a worker out, with the slots that were used. Returns false if it was not in. */
    public boolean remove(String workerId) {
        noteEnd(workerId);
        return workers.remove(workerId) != null;
    }

    /**
     * Notes that a worker that is not in has ended: perhaps one that could not even register.
     *
     * @return what to say, if so many have ended so in a row that none will come; then the count
     *     begins again
     */
    public Optional<String> onStrangerEnded(String workerId, String reason) {
        if (!noteEnd(workerId)) {
            return Optional.empty();
        }
        stillborn++;
        lastStillborn = reason;
        if (stillborn < STILLBORN_LIMIT) {
            return Optional.empty();
        }
        String failures = startFailures();
        stillborn = 0;
        return Optional.of(failures);
    }

    /** Notes that a worker was told to end: then its end is no news. */
    public void onRejected(String workerId) {
        noteEnd(workerId);
    }

    /**
     * What became of the workers that never registered, since the last one that did; may be empty.
     */
    public String startFailures() {
        return stillborn == 0
                ? ""
                : stillborn
                        + " workers ended before they registered, the last one because: "
                        + lastStillborn
                        + " ";
    }

    /** Returns false if that was known. */
    private boolean noteEnd(String workerId) {
        services.forget(workerId);
        boolean news = ended.add(workerId);
        if (ended.size() > REMEMBERED) {
            ended.remove(ended.iterator().next());
        }
        return news;
    }

    /**
     * The free slots, in the order of registration; none of workers on blocked nodes, unless there
     * are no others.
     */
    public List<Offer> offers() {
        boolean blocks = blocks();
        List<Offer> offers = new ArrayList<>();
        workers.forEach(
                (id, worker) -> {
                    if (!blocks || !isBlocked(worker)) {
                        offers.add(new Offer(id, worker.slots - worker.used));
                    }
                });
        return offers;
    }

    /** Whether a worker is in and has a slot that nobody uses, and that is on offer. */
    public boolean hasFreeSlot(String workerId) {
        Worker worker = workers.get(workerId);
        return worker != null && worker.used < worker.slots && !(isBlocked(worker) && blocks());
    }

    /** The worker on a host with the most free slots, the earlier of equals. */
    public Optional<String> emptiestAt(String host) {
        String emptiest = null;
        int most = 0;
        for (Map.Entry<String, Worker> entry : workers.entrySet()) {
            Worker worker = entry.getValue();
            int free = worker.slots - worker.used;
            if (free > most && worker.address.host().equals(host) && hasFreeSlot(entry.getKey())) {
                most = free;
                emptiest = entry.getKey();
            }
        }
        return Optional.ofNullable(emptiest);
    }

    /** Those on offer. */
    public int freeSlots() {
        boolean blocks = blocks();
        return workers.values().stream()
                .filter(worker -> !blocks || !isBlocked(worker))
                .mapToInt(worker -> worker.slots - worker.used)
                .sum();
    }

    private boolean isBlocked(Worker worker) {
        return blocklist.isBlocked(worker.address.host());
    }

    /** Whether blocks count: there is a worker on a node that is not blocked. */
    private boolean blocks() {
        return !blocklist.isEmpty()
                && workers.values().stream().anyMatch(worker -> !isBlocked(worker));
    }

    /** Whether a worker's slots are not on offer. */
    public boolean isOff(String workerId) {
        Worker worker = workers.get(workerId);
        return worker != null && isBlocked(worker) && blocks();
    }

    /** The names of the nodes that workers are on, each once. */
    public Set<String> nodes() {
        Set<String> nodes = new LinkedHashSet<>();
        workers.values().forEach(worker -> nodes.add(worker.address.host()));
        return nodes;
    }

    public int slots() {
        return workers.values().stream().mapToInt(worker -> worker.slots).sum();
    }

    public int size() {
        return workers.size();
    }

    /** Takes a slot of a registered worker that has a free one. */
    public void occupy(String workerId) {
        Worker worker = workers.get(workerId);
        if (worker.used == worker.slots) {
            throw new IllegalStateException("no free slot on worker " + workerId);
        }
        worker.used++;
    }

    /** Gives a slot back; nothing happens if the worker has left the pool. */
    public void vacate(String workerId, long nowMs) {
        Worker worker = workers.get(workerId);
        if (worker != null) {
            worker.used--;
            worker.idleSinceMs = nowMs;
        }
    }

    public NodeServices services() {
        return services;
    }

    /** A worker on a node with this service; empty if there is none. */
    public Optional<String> workerAt(NodeService service) {
        return workers.keySet().stream().filter(id -> service.equals(services.of(id))).findFirst();
    }

    public WorkerAddress address(String workerId) {
        return workers.get(workerId).address;
    }

    /**
     * Looks at the workers that no job uses.
     *
     * @param idleMs how long they are kept
     * @param isHeld of a worker's id: whether it has what somebody needs; asked of idle ones
     */
    public Idle idle(long nowMs, long idleMs, Predicate<String> isHeld) {
        List<String> tooLong = new ArrayList<>();
        long nextDueMs = Long.MAX_VALUE;
        for (Map.Entry<String, Worker> entry : workers.entrySet()) {
            if (entry.getValue().used == 0 && !isHeld.test(entry.getKey())) {
                long dueMs = entry.getValue().idleSinceMs + idleMs;
                if (dueMs <= nowMs) {
                    tooLong.add(entry.getKey());
                } else {
                    nextDueMs = Math.min(nextDueMs, dueMs);
                }
            }
        }
        return new Idle(tooLong, nextDueMs);
    }

    /**
     * Idle workers.
     *
     * @param tooLong those to give back
     * @param nextDueMs when the next one will be; {@code Long.MAX_VALUE} if none
     */
    public record Idle(List<String> tooLong, long nextDueMs) {}

    public List<Member> members() {
        return workers.values().stream()
                .map(worker -> new Member(worker.address, worker.slots, worker.slots - worker.used))
                .toList();
    }
}

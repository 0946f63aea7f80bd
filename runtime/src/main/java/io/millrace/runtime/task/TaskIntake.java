package io.millrace.runtime.task;

import io.millrace.api.source.InputStatus;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.PieceEnd;
import io.millrace.runtime.operator.SourceHead;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Reads what a task gets, from its gates or its source, and pushes it through the chain, until
 * there is no more, no room, or the turn has lasted long enough. Confined to the task.
 */
/* Between any two chunks it looks whether the outputs have taken everything; if not, it returns. */
final class TaskIntake {
    private static final int MAX_ITEMS_PER_TURN = 64;
    private static final long TURN_TARGET_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String where;
    private final Chain chain;
    private final boolean through;
    private final TaskRoom room;
    private final TaskCheckpoints checkpoints;
    private final IntSupplier takePart;
    private final TaskMailbox mailbox;
    private final TaskClock clock;
    private final RecordPace pace = new RecordPace();
    private int endedInputs;
    private boolean over;
    private CompletableFuture<Void> awaited;
    private boolean rests;

    /**
     * @param where names the task in messages
     * @param through whether the operators were restored when they held nothing any more: only the
     *     end is passed on
     * @param takePart makes the cuts of checkpoints that are due
     */
    TaskIntake(
            String where,
            Chain chain,
            boolean through,
            TaskRoom room,
            TaskCheckpoints checkpoints,
            IntSupplier takePart,
            TaskMailbox mailbox,
            TaskClock clock) {
        this.where = where;
        this.chain = chain;
        this.through = through;
        this.room = room;
        this.checkpoints = checkpoints;
        this.takePart = takePart;
        this.mailbox = mailbox;
        this.clock = clock;
        this.over = through && chain.source() != null;
    }

    /** Whether there will be nothing more. */
    boolean isOver() {
        return over;
    }

    /** Whether it found nothing more when it was asked last: what comes next wakes the task. */
    boolean rests() {
        return rests;
    }

    /** The source reads no more, as if it had come to the end of all splits. */
    void endSource() {
        if (!over) {
            chain.operators().get(0).watermark(Long.MAX_VALUE);
            over = true;
        }
    }

    /** A turn has read so many records in so long. */
    void onTurn(long records, long nanos) {
        pace.onTurn(records, nanos);
    }

    /**
     * Reads for a while; returns how much there was.
     *
     * @param beganNanos when the turn began
     * @param piece ends what would take too long
     */
    int read(long beganNanos, PieceEnd piece) {
        rests = false;
        return chain.source() == null
                ? readInputs(beganNanos, piece)
                : readSource(beganNanos, piece);
    }

    private int readInputs(long beganNanos, PieceEnd piece) {
        List<TaskInput> inputs = chain.inputs();
        int items = 0;
        int before;
        do {
            before = items;
            for (int i = 0; i < inputs.size(); i++) {
                if (!room.takesInput()) {
                    return items;
                }
                TaskInput input = inputs.get(i);
                if (!input.entrance().takesInput() && !isHeld(input)) {
                    continue;
                }
                Item item = input.gate().poll(pace.limit());
                if (item instanceof RecordChunk chunk) {
                    items++;
                    requireNotThrough(input);
                    int taken = input.entrance().accept(chunk, piece);
                    if (taken < chunk.size) {
                        input.gate().giveBack(chunk.part(taken, chunk.size));
                    }
                }
                if (checkpoints.isDue()) {
                    // Before the event: it is behind the barriers, as nothing is lost with it.
                    items += takePart.getAsInt();
                }
                if (item instanceof ControlEvent event) {
                    items++;
                    if (onEvent(event, input)) {
                        return items;
                    }
                }
            }
            if (items == before) {
                chain.flush();
                rests = true;
                return items;
            }
        } while (items < MAX_ITEMS_PER_TURN && goesOn(beganNanos));
        return items;
    }

    /** Whether what nobody wants now is read for the barrier behind it. */
    private boolean isHeld(TaskInput input) {
        return switch (input.entrance().holding()) {
            case NEVER -> false;
            case ROOM -> checkpoints.isAwaited();
            case FULL -> {
                checkpoints.giveUpIfAwaiting(input);
                yield false;
            }
        };
    }

    private void requireNotThrough(TaskInput input) {
        if (through) {
            throw new IllegalStateException(
                    where
                            + " was restored as finished, and its input "
                            + chain.inputs().indexOf(input)
                            + " gives records");
        }
    }

    /** Returns true if that was the last one of all inputs. */
    private boolean onEvent(ControlEvent event, TaskInput input) {
        if (through && event.kind() != ControlEvent.Kind.END_OF_INPUT) {
            return false;
        }
        return switch (event.kind()) {
            case WATERMARK -> {
                input.entrance().watermark(((ControlEvent.Watermark) event).timestampMs());
                yield false;
            }
            case IDLE -> {
                input.entrance().idle();
                yield false;
            }
            case ACTIVE -> {
                input.entrance().active();
                yield false;
            }
            case BARRIER -> throw new IllegalStateException("barriers end in the gate");
            case END_OF_INPUT -> {
                if (!through) {
                    input.entrance().endOfInput();
                }
                endedInputs++;
                over = endedInputs == chain.inputs().size();
                yield over;
            }
        };
    }

    private int readSource(long beganNanos, PieceEnd piece) {
        SourceHead source = chain.source();
        int steps = 0;
        do {
            if (!room.takesInput()) {
                return steps;
            }
            InputStatus status = source.feed().read(pace.limit(), piece);
            switch (status) {
                case MORE_AVAILABLE -> steps++;
                case NOTHING_AVAILABLE -> {
                    chain.flush();
                    rests = !hasMore(source);
                    return steps + (rests ? 0 : 1);
                }
                case END_OF_INPUT -> {
                    endSource();
                    return steps + 1;
                }
            }
        } while (goesOn(beganNanos));
        return steps;
    }

    /** Whether the source has something already; if not, it wakes the task when it has. */
    private boolean hasMore(SourceHead source) {
        CompletableFuture<Void> available = source.feed().available();
        if (available.isDone()) {
            return true;
        }
        if (available != awaited) {
            awaited = available;
            available.whenComplete((nothing, error) -> mailbox.wakeUp());
        }
        return false;
    }

    private boolean goesOn(long beganNanos) {
        return mailbox.isEmpty()
                && !mailbox.isCancelRequested()
                && clock.nanos() - beganNanos < TURN_TARGET_NANOS;
    }
}

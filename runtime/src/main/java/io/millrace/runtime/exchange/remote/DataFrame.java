package io.millrace.runtime.exchange.remote;

import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.SnapshotPurpose;
import io.millrace.runtime.chunk.ControlEvent.Barrier;
import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;

/**
 * The frames of a data connection; the one place that knows their bytes. Pure.
 *
 * <pre>
 *  | kind 1 | channel 4 | body |         little endian; the channel's number was chosen by the reader
 *
 *  reader → writer   IDENTIFY (reader's worker, writer's worker), SUBSCRIBE (channel id, credit),
 *                    CREDIT (total), CANCEL, FETCH (result id, ranges, their bytes, credit)
 *  writer → reader   CHUNK_PART (bytes), CHUNK (last or only bytes), WATERMARK (time), IDLE, ACTIVE,
 *                    BARRIER (checkpoint, time, kind, purpose), END, ABORT, REFUSED (reason),
 *                    RANGE_PART (bytes), RANGE_LOST (reason)
 * </pre>
 */
final class DataFrame {
    static final int HEAD_BYTES = 5;

    /** What a frame costs beyond its bytes, so that credit also bounds the number of tiny items. */
    static final int OVERHEAD_BYTES = 64;

    private static final Kind[] KINDS = Kind.values();
    private static final CheckpointKind[] CHECKPOINT_KINDS = CheckpointKind.values();
    private static final SnapshotPurpose[] PURPOSES = SnapshotPurpose.values();

    /** What a frame says. */
    enum Kind {
        IDENTIFY,
        SUBSCRIBE,
        CREDIT,
        CANCEL,
        CHUNK_PART,
        CHUNK,
        WATERMARK,
        IDLE,
        END,
        ABORT,
        REFUSED,
        BARRIER,
        ACTIVE,
        FETCH,
        RANGE_PART,
        RANGE_LOST
    }

    /** Who reads from whom on a connection. */
    record Identity(String readingWorker, String writingWorker) {}

    /** What a reader asks for. */
    record Subscription(ChannelId id, long windowBytes) {}

    /**
     * What a reader asks for of a stored result.
     *
     * @param from the first range
     * @param to behind the last one
     * @param bytes of these ranges, as the reader was told
     */
    record Fetch(ResultId id, int from, int to, long bytes, long windowBytes) {}

    private DataFrame() {}

    static Kind kind(byte[] frame) {
        if (frame.length < HEAD_BYTES) {
            throw new CorruptDataException("a data frame of only " + frame.length + " bytes");
        }
        if (frame[0] < 0 || frame[0] >= KINDS.length) {
            throw new CorruptDataException(
                    "a data frame of " + frame.length + " bytes begins with " + frame[0]);
        }
        return KINDS[frame[0]];
    }

    static int channel(byte[] frame) {
        return new BinaryReader(frame, 1, 4).readInt();
    }

    static BinaryReader body(byte[] frame) {
        return new BinaryReader(frame, HEAD_BYTES, frame.length - HEAD_BYTES);
    }

    static long cost(int frameBytes) {
        return frameBytes + OVERHEAD_BYTES;
    }

    static void head(BinaryWriter out, Kind kind, int channel) {
        out.writeByte(kind.ordinal());
        out.writeInt(channel);
    }

    static byte[] bare(Kind kind, int channel) {
        BinaryWriter out = new BinaryWriter(HEAD_BYTES);
        head(out, kind, channel);
        return out.toByteArray();
    }

    static byte[] identify(Identity identity) {
        BinaryWriter out = new BinaryWriter(128);
        head(out, Kind.IDENTIFY, 0);
        out.writeString(identity.readingWorker());
        out.writeString(identity.writingWorker());
        return out.toByteArray();
    }

    static Identity identity(byte[] frame) {
        BinaryReader in = body(frame);
        return new Identity(in.readString(), in.readString());
    }

    static byte[] subscribe(int channel, Subscription subscription) {
        ChannelId id = subscription.id();
        BinaryWriter out = new BinaryWriter(96);
        head(out, Kind.SUBSCRIBE, channel);
        out.writeString(id.jobId().hex());
        out.writeInt(id.edgeId());
        out.writeInt(id.producerSubtask());
        out.writeInt(id.consumerSubtask());
        out.writeInt(id.attempt());
        out.writeLong(subscription.windowBytes());
        return out.toByteArray();
    }

    static Subscription subscription(byte[] frame) {
        BinaryReader in = body(frame);
        ChannelId id =
                new ChannelId(
                        jobId(in.readString()),
                        in.readInt(),
                        in.readInt(),
                        in.readInt(),
                        in.readInt());
        return new Subscription(id, in.readLong());
    }

    static byte[] fetch(int channel, Fetch fetch) {
        ResultId id = fetch.id();
        BinaryWriter out = new BinaryWriter(96);
        head(out, Kind.FETCH, channel);
        out.writeString(id.jobId().hex());
        out.writeInt(id.edgeId());
        out.writeInt(id.producerSubtask());
        out.writeInt(id.attempt());
        out.writeInt(fetch.from());
        out.writeInt(fetch.to());
        out.writeLong(fetch.bytes());
        out.writeLong(fetch.windowBytes());
        return out.toByteArray();
    }

    static Fetch fetch(byte[] frame) {
        BinaryReader in = body(frame);
        ResultId id =
                new ResultId(jobId(in.readString()), in.readInt(), in.readInt(), in.readInt());
        return new Fetch(id, in.readInt(), in.readInt(), in.readLong(), in.readLong());
    }

    static byte[] rangeLost(int channel, String reason) {
        BinaryWriter out = new BinaryWriter(64);
        head(out, Kind.RANGE_LOST, channel);
        out.writeString(reason);
        return out.toByteArray();
    }

    private static JobId jobId(String hex) {
        try {
            return new JobId(hex);
        } catch (IllegalArgumentException e) {
            throw new CorruptDataException("a subscription to no job: " + e.getMessage(), e);
        }
    }

    static void barrier(BinaryWriter out, int channel, Barrier barrier) {
        head(out, Kind.BARRIER, channel);
        out.writeLong(barrier.checkpointId());
        out.writeLong(barrier.timestampMs());
        out.writeByte(barrier.checkpointKind().ordinal());
        out.writeByte(barrier.purpose().ordinal());
    }

    static Barrier barrier(byte[] frame) {
        BinaryReader in = body(frame);
        long checkpointId = in.readLong();
        long timestampMs = in.readLong();
        int kind = in.readByte();
        if (kind < 0 || kind >= CHECKPOINT_KINDS.length) {
            throw new CorruptDataException(
                    "a barrier of checkpoint " + checkpointId + " of the unknown kind " + kind);
        }
        int purpose = in.readByte();
        if (purpose < 0 || purpose >= PURPOSES.length) {
            throw new CorruptDataException(
                    "a barrier of checkpoint " + checkpointId + " for the unknown " + purpose);
        }
        return new Barrier(checkpointId, timestampMs, CHECKPOINT_KINDS[kind], PURPOSES[purpose]);
    }

    static byte[] credit(int channel, long total) {
        BinaryWriter out = new BinaryWriter(16);
        head(out, Kind.CREDIT, channel);
        out.writeLong(total);
        return out.toByteArray();
    }

    static long creditTotal(byte[] frame) {
        return body(frame).readLong();
    }

    static byte[] refused(int channel, String reason) {
        BinaryWriter out = new BinaryWriter(64);
        head(out, Kind.REFUSED, channel);
        out.writeString(reason);
        return out.toByteArray();
    }

    static String reason(byte[] frame) {
        return body(frame).readString();
    }
}

package io.millrace.runtime.task;

import io.millrace.runtime.exchange.EdgeOutput;
import io.millrace.runtime.exchange.InputGate;
import io.millrace.runtime.operator.ChunkReceiver;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.SourceHead;
import java.util.List;

/**
 * The parts of one task, wired. Confined to the task.
 *
 * @param gate null if the chain begins with a source
 * @param entrance null if the chain begins with a source
 * @param source null if the chain reads edges
 * @param operators each before those that it pushes to
 */
record Chain(
        InputGate gate,
        ChunkReceiver entrance,
        SourceHead source,
        List<Operator> operators,
        List<String> names,
        List<EdgeOutput> outputs) {

    long recordsIn() {
        return source != null ? source.recordsIn() : gate.recordsIn();
    }

    long recordsOut() {
        long records = 0;
        for (int i = 0; i < outputs.size(); i++) {
            records += outputs.get(i).recordsOut();
        }
        for (int i = 0; i < operators.size(); i++) {
            records += operators.get(i).recordsOut();
        }
        return records;
    }

    long bytesIn() {
        return gate == null ? 0 : gate.bytesIn();
    }

    long bytesOut() {
        long bytes = 0;
        for (int i = 0; i < outputs.size(); i++) {
            bytes += outputs.get(i).bytesOut();
        }
        return bytes;
    }

    boolean drain() {
        boolean drained = true;
        for (int i = 0; i < outputs.size(); i++) {
            drained &= outputs.get(i).drain();
        }
        return drained;
    }

    boolean isDrained() {
        for (int i = 0; i < outputs.size(); i++) {
            if (!outputs.get(i).isDrained()) {
                return false;
            }
        }
        return true;
    }

    void flush() {
        for (int i = 0; i < outputs.size(); i++) {
            outputs.get(i).flush();
        }
    }

    /** Ends both sides of the exchange. */
    void closeChannels() {
        if (gate != null) {
            gate.close();
        }
        outputs.forEach(EdgeOutput::close);
    }
}

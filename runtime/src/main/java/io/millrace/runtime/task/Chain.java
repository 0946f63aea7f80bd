package io.millrace.runtime.task;

import io.millrace.runtime.exchange.BarrierAligner;
import io.millrace.runtime.exchange.EdgeOutput;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.SourceHead;
import java.util.List;

/**
 * The parts of one task, wired. Confined to the task.
 *
 * @param inputs one, or two for an operator of two streams; none if the chain begins with a source
 * @param aligner finds the place of barriers in what comes in
 * @param source null if the chain reads edges
 * @param operators each before those that it pushes to
 * @param results what those of the outputs write that later stages read
 */
record Chain(
        List<TaskInput> inputs,
        BarrierAligner aligner,
        SourceHead source,
        List<Operator> operators,
        List<String> names,
        List<EdgeOutput> outputs,
        TaskResults results) {

    long recordsIn() {
        long records = source == null ? 0 : source.recordsIn();
        for (int i = 0; i < inputs.size(); i++) {
            records += inputs.get(i).gate().recordsIn();
        }
        return records;
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
        long bytes = 0;
        for (int i = 0; i < inputs.size(); i++) {
            bytes += inputs.get(i).gate().bytesIn();
        }
        return bytes;
    }

    long bytesOut() {
        long bytes = 0;
        for (int i = 0; i < outputs.size(); i++) {
            bytes += outputs.get(i).bytesOut();
        }
        return bytes;
    }

    /** Whether every operator can take more input. */
    boolean takesInput() {
        for (int i = 0; i < operators.size(); i++) {
            if (!operators.get(i).takesInput()) {
                return false;
            }
        }
        return true;
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

    /** Tells readers that sleep of what they were sent. */
    void settle() {
        for (int i = 0; i < outputs.size(); i++) {
            outputs.get(i).settle();
        }
    }

    void flush() {
        for (int i = 0; i < outputs.size(); i++) {
            outputs.get(i).flush();
        }
    }

    /** Ends both sides of the exchange; drops results that are not whole. */
    void closeChannels() {
        inputs.forEach(input -> input.gate().close());
        outputs.forEach(EdgeOutput::close);
        results.close();
    }
}

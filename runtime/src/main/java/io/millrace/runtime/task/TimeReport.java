package io.millrace.runtime.task;

import io.millrace.runtime.exchange.EdgeOutput;
import io.millrace.runtime.exchange.WatermarkMerger;
import io.millrace.runtime.message.TaskTime;
import io.millrace.runtime.message.TaskTime.InputTime;
import io.millrace.runtime.message.TaskTime.OriginTime;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.TimeSince;
import java.util.ArrayList;
import java.util.List;

/** Says where event time stands in a task, and what holds it. Confined to the task. */
final class TimeReport {
    private final TimeSince since = new TimeSince();

    TaskTime of(Chain chain, long nowMs) {
        since.look(nowMs);
        List<InputTime> inputs = new ArrayList<>();
        long inputMs = Long.MAX_VALUE;
        long furthestMs = Long.MIN_VALUE;
        boolean idle = true;
        for (TaskInput input : chain.inputs()) {
            WatermarkMerger time = input.gate().time();
            furthestMs = Math.max(furthestMs, time.mergedMs());
            if (!time.isIdle()) {
                idle = false;
                inputMs = Math.min(inputMs, time.mergedMs());
            }
            int first = 0;
            for (InputEdge edge : input.edges()) {
                inputs.add(of(edge, time, first));
                first += edge.producers().length;
            }
        }
        List<OriginTime> origins = new ArrayList<>();
        for (Operator operator : chain.operators()) {
            OriginTime origin = operator.origin(since);
            if (origin != null) {
                origins.add(origin);
            }
        }
        if (chain.source() != null && !origins.isEmpty()) {
            idle = origins.get(0).idle();
            inputMs = origins.get(0).watermarkMs();
        } else if (idle) {
            inputMs = furthestMs;
        }
        return new TaskTime(inputMs, output(chain, inputMs), idle, inputs, origins);
    }

    private InputTime of(InputEdge edge, WatermarkMerger time, int first) {
        int end = first + edge.producers().length;
        int holder = time.holder(first, end);
        long watermarkMs = Long.MIN_VALUE;
        int idle = 0;
        int ended = 0;
        for (int channel = first; channel < end; channel++) {
            watermarkMs = Math.max(watermarkMs, time.watermarkMs(channel));
            if (time.isEnded(channel)) {
                ended++;
            } else if (!time.counts(channel)) {
                idle++;
            }
        }
        if (holder >= 0) {
            watermarkMs = time.watermarkMs(holder);
        }
        int producer = holder < 0 ? -1 : edge.producers()[holder - first];
        return new InputTime(
                edge.sourceVertex(),
                producer,
                watermarkMs,
                since.since("edge " + edge.edgeId() + "/" + producer, watermarkMs, holder < 0),
                end - first,
                idle,
                ended);
    }

    private static long output(Chain chain, long inputMs) {
        if (chain.outputs().isEmpty()) {
            return inputMs;
        }
        long lowest = Long.MAX_VALUE;
        for (EdgeOutput output : chain.outputs()) {
            lowest = Math.min(lowest, output.watermarkMs());
        }
        return lowest;
    }
}

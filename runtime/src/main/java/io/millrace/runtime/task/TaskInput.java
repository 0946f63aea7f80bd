package io.millrace.runtime.task;

import io.millrace.runtime.exchange.InputGate;
import io.millrace.runtime.operator.ChunkReceiver;
import java.util.List;

/**
 * One input of a chain. Confined to the task.
 *
 * @param gate what brings records and events
 * @param entrance where they go
 * @param edges that the gate unites, in the order of its channels
 * @param form of the records in checkpoints, while they are on their way
 */
record TaskInput(InputGate gate, ChunkReceiver entrance, List<InputEdge> edges, ChannelForm form) {}

package io.millrace.runtime.message;

import io.millrace.runtime.message.Thrown.Frame;
import io.millrace.runtime.message.Thrown.Link;
import io.millrace.runtime.serde.ThrowableSerialization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a throwable apart into links, breadth first and causes first. For one throwable; not
 * thread-safe.
 */
final class ThrownWriter {
    private static final int MAX_LINKS = 32;
    private static final int MAX_MESSAGE_CHARS = 4_096;
    private static final int MAX_FRAMES = 128;

    /** Of all forms together; a report travels in a frame with much else, and is journaled. */
    private static final int MAX_FORM_BYTES = 96 << 10;

    /** Of all words together, as characters. */
    private static final int MAX_WORDS = 96 << 10;

    /** Frames below a call from here are the engine's, and of no use to the program. */
    private static final List<String> ENGINE = List.of("io.millrace.runtime.", "io.millrace.host.");

    private final List<Throwable> found = new ArrayList<>();
    private final Map<Throwable, Integer> indices = new IdentityHashMap<>();
    private int formBytesLeft = MAX_FORM_BYTES;
    private int wordsLeft = MAX_WORDS;

    Thrown write(Throwable thrown) {
        discover(thrown);
        for (int i = 0; i < found.size(); i++) { // grows meanwhile
            Throwable cause = causeOf(found.get(i));
            if (cause != null) {
                discover(cause);
            }
            for (Throwable suppressed : found.get(i).getSuppressed()) {
                discover(suppressed);
            }
        }
        List<Link> links = new ArrayList<>();
        for (Throwable each : found) {
            links.add(link(each));
        }
        return new Thrown(links);
    }

    private void discover(Throwable thrown) {
        if (found.size() < MAX_LINKS && !indices.containsKey(thrown)) {
            indices.put(thrown, found.size());
            found.add(thrown);
        }
    }

    private int indexOf(Throwable thrown) {
        return indices.getOrDefault(thrown, Thrown.LEFT_OUT);
    }

    private Link link(Throwable thrown) {
        Throwable cause = causeOf(thrown);
        String message = cut(messageOf(thrown));
        List<Frame> frames = frames(thrown);
        byte[] form =
                ThrowableSerialization.write(
                        thrown, this::indexOf, ThrownWriter::usersFrames, formBytesLeft);
        formBytesLeft -= form == null ? 0 : form.length;
        return new Link(
                thrown.getClass().getName(),
                message,
                frames,
                cause == null ? Thrown.NONE : indexOf(cause),
                Arrays.stream(thrown.getSuppressed()).map(this::indexOf).distinct().toList(),
                form);
    }

    private String cut(String message) {
        if (message == null) {
            return null;
        }
        int max = Math.min(MAX_MESSAGE_CHARS, wordsLeft);
        String kept = message.length() <= max ? message : message.substring(0, max) + "…";
        wordsLeft -= Math.min(wordsLeft, kept.length());
        return kept;
    }

    private List<Frame> frames(Throwable thrown) {
        List<Frame> frames = new ArrayList<>();
        for (StackTraceElement element : usersFrames(stackOf(thrown))) {
            wordsLeft -= element.getClassName().length() + element.getMethodName().length();
            if (wordsLeft <= 0) {
                wordsLeft = 0;
                break;
            }
            frames.add(Frame.of(element));
        }
        return frames;
    }

    /** Not more than a person reads, and without the engine's, unless it was the engine. */
    private static StackTraceElement[] usersFrames(StackTraceElement[] frames) {
        int end = Math.min(frames.length, MAX_FRAMES);
        if (end > 0 && !isEngine(frames[0])) {
            for (int i = 1; i < end; i++) {
                if (isEngine(frames[i])) {
                    end = i;
                }
            }
        }
        return end == frames.length ? frames : Arrays.copyOf(frames, end);
    }

    private static boolean isEngine(StackTraceElement frame) {
        return ENGINE.stream().anyMatch(frame.getClassName()::startsWith);
    }

    // What follows calls methods that a class of the user's may have made its own.

    private static Throwable causeOf(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable e) {
            return null;
        }
    }

    private static String messageOf(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (Throwable e) {
            return "(its message cannot be had: " + e.getClass().getName() + ")";
        }
    }

    private static StackTraceElement[] stackOf(Throwable thrown) {
        try {
            StackTraceElement[] frames = thrown.getStackTrace();
            return frames == null ? new StackTraceElement[0] : frames;
        } catch (Throwable e) {
            return new StackTraceElement[0];
        }
    }
}

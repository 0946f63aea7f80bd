package io.millrace.runtime.operator.window;

import io.millrace.api.serialization.SerializerSettings;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.EventTimeTrigger;
import io.millrace.api.window.MergingWindowAssigner;
import io.millrace.api.window.ProcessingTimeTrigger;
import io.millrace.api.window.SessionAssigner;
import io.millrace.api.window.SlicedAssigner;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Plain assigners, written without the arithmetic of the engine. */
final class TestWindows {
    private TestWindows() {}

    private static <W> TypeSerializer<W> serializer(Class<W> type) {
        return TypeInformation.of(type).createSerializer(new SerializerSettings());
    }

    @SuppressWarnings("unchecked") // they take records of all types
    private static Trigger<Object, TimeWindow> atEnd(boolean eventTime) {
        return (Trigger<Object, TimeWindow>)
                (Trigger<?, ?>)
                        (eventTime ? EventTimeTrigger.create() : ProcessingTimeTrigger.create());
    }

    /** Windows of one size at equal distances. */
    static final class Regular extends WindowAssigner<Object, TimeWindow>
            implements SlicedAssigner {
        private static final long serialVersionUID = 1L;

        private final long size;
        private final long slide;
        private final long offset;
        private final boolean eventTime;

        Regular(long size, long slide, long offset, boolean eventTime) {
            this.size = size;
            this.slide = slide;
            this.offset = offset;
            this.eventTime = eventTime;
        }

        @Override
        public long getSize() {
            return size;
        }

        @Override
        public long getSlide() {
            return slide;
        }

        @Override
        public long getOffset() {
            return offset;
        }

        @Override
        public Collection<TimeWindow> assignWindows(
                Object element, long timestamp, WindowAssignerContext context) {
            return at(eventTime ? timestamp : context.getCurrentProcessingTime());
        }

        List<TimeWindow> at(long time) {
            List<TimeWindow> windows = new ArrayList<>();
            long last = time - Math.floorMod(time - offset, slide);
            for (long start = last; start + size > time; start -= slide) {
                windows.add(new TimeWindow(start, start + size));
            }
            return windows;
        }

        @Override
        public Trigger<Object, TimeWindow> getDefaultTrigger() {
            return atEnd(eventTime);
        }

        @Override
        public TypeSerializer<TimeWindow> getWindowSerializer(ExecutionConfig config) {
            return serializer(TimeWindow.class);
        }

        @Override
        public boolean isEventTime() {
            return eventTime;
        }
    }

    /** Sessions whose gap is what a record says, or a fixed one. */
    static final class Sessions extends MergingWindowAssigner<Object, TimeWindow>
            implements SessionAssigner<Object> {
        private static final long serialVersionUID = 1L;

        private final long gap;
        private final boolean eventTime;

        /**
         * @param gap 0 if each record says it
         */
        Sessions(long gap, boolean eventTime) {
            this.gap = gap;
            this.eventTime = eventTime;
        }

        @Override
        public long gapAfter(Object element) {
            return gap == 0 ? ((Event) element).gap() : gap;
        }

        @Override
        public Collection<TimeWindow> assignWindows(
                Object element, long timestamp, WindowAssignerContext context) {
            long start = eventTime ? timestamp : context.getCurrentProcessingTime();
            return List.of(new TimeWindow(start, start + gapAfter(element)));
        }

        @Override
        public void mergeWindows(
                Collection<TimeWindow> windows, MergeCallback<TimeWindow> callback) {
            List<TimeWindow> sorted = new ArrayList<>(windows);
            sorted.sort(Comparator.comparingLong(TimeWindow::getStart));
            Set<TimeWindow> group = new HashSet<>();
            TimeWindow cover = null;
            for (TimeWindow window : sorted) {
                if (cover != null && cover.intersects(window)) {
                    cover = cover.cover(window);
                } else {
                    tell(group, cover, callback);
                    group = new HashSet<>();
                    cover = window;
                }
                group.add(window);
            }
            tell(group, cover, callback);
        }

        private static void tell(
                Set<TimeWindow> group, TimeWindow cover, MergeCallback<TimeWindow> callback) {
            if (group.size() > 1) {
                callback.merge(group, cover);
            }
        }

        @Override
        public Trigger<Object, TimeWindow> getDefaultTrigger() {
            return atEnd(eventTime);
        }

        @Override
        public TypeSerializer<TimeWindow> getWindowSerializer(ExecutionConfig config) {
            return serializer(TimeWindow.class);
        }

        @Override
        public boolean isEventTime() {
            return eventTime;
        }
    }

    /** The one window of {@link Everything}. */
    static final class All extends Window {
        @Override
        public long maxTimestamp() {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof All;
        }

        @Override
        public int hashCode() {
            return 1;
        }

        @Override
        public String toString() {
            return "all";
        }
    }

    /** One window for all records of a key. */
    static final class Everything extends WindowAssigner<Object, All> {
        private static final long serialVersionUID = 1L;

        @Override
        public Collection<All> assignWindows(
                Object element, long timestamp, WindowAssignerContext context) {
            return List.of(new All());
        }

        @Override
        public Trigger<Object, All> getDefaultTrigger() {
            throw new AssertionError("tests set one");
        }

        @Override
        public TypeSerializer<All> getWindowSerializer(ExecutionConfig config) {
            return serializer(All.class);
        }

        @Override
        public boolean isEventTime() {
            return false;
        }
    }
}

/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;

/** The process and its virtual machine, under the names that dashboards for Java expect. */
final class ProcessMetrics {
    private ProcessMetrics() {}

    static List<MetricSnapshot> collect() {
        List<MetricSnapshot> metrics = new ArrayList<>();
        metrics.add(
                new Family("process_start_time_seconds", "When the process began.")
                        .add(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3)
                        .gauge());
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system) {
            metrics.add(
                    new Family("process_cpu_seconds", "Processor time that the process used.")
                            .add(system.getProcessCpuTime() / 1e9)
                            .counter());
        }
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof UnixOperatingSystemMXBean unix) {
            metrics.add(
                    new Family("process_open_fds", "File descriptors that are open.")
                            .add(unix.getOpenFileDescriptorCount())
                            .gauge());
            metrics.add(
                    new Family("process_max_fds", "File descriptors that may be open.")
                            .add(unix.getMaxFileDescriptorCount())
                            .gauge());
        }
        metrics.addAll(memory());
        metrics.add(
                new Family("jvm_threads_current", "Threads of the virtual machine.")
                        .add(ManagementFactory.getThreadMXBean().getThreadCount())
                        .gauge());
        metrics.add(collections());
        return metrics;
    }

    private static List<MetricSnapshot> memory() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        Family used = new Family("jvm_memory_used_bytes", "Memory of the virtual machine.");
        Family most = new Family("jvm_memory_max_bytes", "Limit of that memory, -1 if none.");
        used.add(heap.getUsed(), "area", "heap").add(other.getUsed(), "area", "nonheap");
        most.add(heap.getMax(), "area", "heap").add(other.getMax(), "area", "nonheap");
        return List.of(used.gauge(), most.gauge());
    }

    private static MetricSnapshot collections() {
        SummarySnapshot.Builder collections =
                SummarySnapshot.builder()
                        .name("jvm_gc_collection_seconds")
                        .help("Time spent collecting garbage, by collector.");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections.dataPoint(
                    SummaryDataPointSnapshot.builder()
                            .labels(Labels.of("gc", collector.getName()))
                            .count(collector.getCollectionCount())
                            .sum(collector.getCollectionTime() / 1e3)
                            .build());
        }
        return collections.build();
    }
}

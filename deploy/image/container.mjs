// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
//
// usage: node container.mjs IMAGE_FOLDER BUNDLE MEMORY_MIB FOLDERS ARGS... <ENVIRONMENT
// Writes BUNDLE/config.json for an OCI runtime: a container of an unpacked image as a careful operator runs it.
// Nothing can be written but /tmp, from which nothing can be run, and the image's volumes; no capabilities.
// FOLDERS is a JSON object of mount points and the folders mounted there; ENVIRONMENT lines of NAME=VALUE.
import { readFileSync, writeFileSync } from 'node:fs';

const [image, bundle, mebibytes, folders, ...args] = process.argv.slice(2);
const { config } = JSON.parse(readFileSync(`${image}/config.json`, 'utf8'));
const environment = readFileSync(0, 'utf8').split('\n').filter((line) => line);
const [uid, gid] = config.User.split(':').map(Number);
const bytes = Number(mebibytes) * 1024 * 1024;
const system = (destination, type, ...options) => ({
  destination,
  type,
  source: type,
  options: ['nosuid', 'noexec', 'nodev', ...options],
});
writeFileSync(
  `${bundle}/config.json`,
  JSON.stringify({
    ociVersion: '1.0.2',
    process: {
      user: { uid, gid },
      args: [...config.Entrypoint, ...args],
      env: [...config.Env, ...environment],
      cwd: config.WorkingDir,
      capabilities: {},
      noNewPrivileges: true,
    },
    root: { path: `${image}/root`, readonly: true },
    mounts: [
      system('/proc', 'proc'),
      system('/sys', 'sysfs', 'ro'),
      system('/sys/fs/cgroup', 'cgroup', 'ro'),
      { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'noexec', 'mode=755', 'size=64k'] },
      system('/tmp', 'tmpfs', 'mode=1777', 'size=256m'),
      ...Object.entries(JSON.parse(folders)).map(([destination, source]) => ({
        destination,
        type: 'bind',
        source,
        options: ['bind', 'nosuid', 'noexec', 'nodev', source.endsWith('keys') ? 'ro' : 'rw'],
      })),
    ],
    linux: {
      // The network is the machine's: the stores listen on its loopback interface.
      namespaces: ['pid', 'mount', 'ipc', 'uts'].map((type) => ({ type })),
      resources: { memory: { limit: bytes, swap: bytes }, pids: { limit: 512 } },
    },
  }),
);
